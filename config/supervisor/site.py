"""The whole clinic from the first server to the last, until it is asked to stop."""

import asyncio
import json
import signal
import time

from config.embedded.faults import StartFault
from config.embedded.ports import becomes_free, keep_port
from config.embedded.secrets import keep_secret
from config.embedded.state import Lock
from config.env import env, inherited
from config.supervisor import processes
from config.supervisor.keeper import Keeper
from config.supervisor.prepare import prepare
from config.supervisor.servers import Servers, start_servers
from config.supervisor.terminal import paint, say

# Seconds in which a second signal is the same Ctrl-C, passed on by a wrapper.
ONE_CTRL_C = 0.5
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def child_environment(database_url: str, redis_url: str) -> dict[str, str]:
    """What a process of the clinic needs to know, all of it through the environment."""
    return inherited(
        DATABASE_URL=database_url,
        REDIS_URL=redis_url,
        IYADA_DATA_DIR=str(env.data_dir),
        IYADA_SECRET_KEY=secret_key(),
        DJANGO_SETTINGS_MODULE=env.settings_module,
        PYTHONUNBUFFERED="1",
    )


def secret_key() -> str:
    """The given key, else the one kept in the data folder. Production must be given one: it gets none made."""
    if env.secret_key or env.settings_module == "config.settings.production":
        return env.secret_key
    return keep_secret(env.data_dir, "secret_key")


class Site:
    def __init__(self) -> None:
        self.began = time.monotonic()
        self.servers = Servers("", "")
        self.apps: list[Keeper] = []
        self.asked = 0.0
        self.stop_asked = asyncio.Event()

    async def run(self) -> None:
        """Run until Ctrl-C, TERM or a closed terminal. Raises `StartFault` if the site cannot start."""
        for each in STOP_SIGNALS:
            asyncio.get_running_loop().add_signal_handler(each, self.ask_to_stop)
        with Lock(env.data_dir) as lock:
            if not becomes_free(env.port, env.bind):
                raise StartFault(f"Port {env.port} of {env.bind} is taken. Set IYADA_PORT to another one.")
            if env.socket_port and not becomes_free(env.socket_port, env.bind):
                raise StartFault(f"Port {env.socket_port} of {env.bind} is taken. Set IYADA_SOCKET_PORT to another.")
            say(f"Iyada starts; its data is in {env.data_dir}")
            starting = asyncio.create_task(self.start(lock))
            stopping = asyncio.create_task(self.stop_asked.wait())
            await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
            try:
                if not self.stop_asked.is_set():
                    await starting  # raises what it raised
                    await stopping
            finally:
                starting.cancel()
                await asyncio.gather(starting, return_exceptions=True)
                await self.stop()

    def ask_to_stop(self) -> None:
        if not self.stop_asked.is_set():
            self.asked = time.monotonic()
            say("\nIyada stops.")
        elif time.monotonic() - self.asked > ONE_CTRL_C:
            say("At once.")
            for keeper in (*self.apps, *self.servers.keepers):
                keeper.kill()
        self.stop_asked.set()

    async def start(self, lock: Lock) -> None:
        self.servers = await start_servers(env.data_dir)
        environment = child_environment(self.servers.database_url, self.servers.redis_url)
        environment["IYADA_SOCKET_PORT"] = str(env.socket_port or keep_port(env.data_dir / "run" / "socket_port"))
        await prepare(environment)
        await self.start_app(Keeper(processes.web(environment)))
        lock.tell(
            "site",
            address=f"{processes.address()}/",
            database_url=self.servers.database_url,
            redis_url=self.servers.redis_url,
        )
        self.greet()
        # Only now: pages come first, and loading the code takes a processor for two seconds.
        for service in (processes.worker(environment), processes.beat(environment), processes.ws(environment)):
            await self.start_app(Keeper(service))

    async def start_app(self, keeper: Keeper) -> None:
        self.apps.append(keeper)
        await keeper.start()

    async def stop(self) -> None:
        await asyncio.gather(*(keeper.stop() for keeper in self.apps))
        await self.servers.stop()

    def greet(self) -> None:
        place = processes.address()
        say()
        say(f"{paint('Iyada is ready', 'iyada')} after {time.monotonic() - self.began:.1f} s. Ctrl-C stops it.")
        say(f"  site         {place}/en/   {place}/ar/")
        say(f"  back office  {place}/admin/")
        for account in demo_accounts():
            say(f"  {account['role']:<14} {account['username']:<14} {account['password']}")
        say()


def demo_accounts() -> list[dict[str, str]]:
    """The accounts that came with the starter clinic, with the passwords that they got then."""
    try:
        accounts: list[dict[str, str]] = json.loads((env.data_dir / "accounts.json").read_text())
    except (OSError, ValueError):
        return []
    return accounts
