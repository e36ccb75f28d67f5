"""`./run manage …`: manage.py beside the running site, or with servers of its own for as long as it runs."""

import asyncio
import os
import sys

from config.embedded.faults import StartFault
from config.embedded.state import Lock, describe, read_state
from config.env import ROOT, env
from config.supervisor.errand import run_errand
from config.supervisor.servers import start_servers
from config.supervisor.site import child_environment


def main(arguments: list[str]) -> int:
    argv = [sys.executable, "manage.py", *arguments]
    if env.database_url and env.redis_url:
        become(argv, child_environment(env.database_url, env.redis_url))
    lock = Lock(env.data_dir)
    if not lock.take():
        state = read_state(lock.folder)
        if state is None or state.what != "site":
            raise StartFault(describe(state))
        become(argv, child_environment(state.database_url, state.redis_url))
    with lock:
        return asyncio.run(run_with_servers(argv, lock))


def become(argv: list[str], environment: dict[str, str]) -> None:
    """Turn this process into `argv`: its terminal, signals and exit code are then the command's own."""
    os.chdir(ROOT)
    os.execve(argv[0], argv, environment)


async def run_with_servers(argv: list[str], lock: Lock) -> int:
    servers = await start_servers(env.data_dir)
    try:
        lock.tell(
            f"manage {argv[2] if len(argv) > 2 else ''}".strip(),
            address="",
            database_url=servers.database_url,
            redis_url=servers.redis_url,
        )
        return await run_errand(argv, environment=child_environment(servers.database_url, servers.redis_url))
    finally:
        await servers.stop()
