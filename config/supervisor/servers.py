"""PostgreSQL and Valkey for one run: embedded ones, or those that the environment names."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.embedded.binaries import find_binaries
from config.embedded.faults import StartFault
from config.embedded.identity import choose_identity
from config.embedded.postgres import Postgres
from config.embedded.rooms import server_home
from config.embedded.valkey import Valkey
from config.env import ROOT, env, inherited
from config.supervisor.keeper import Keeper
from config.supervisor.service import Service
from config.supervisor.terminal import say

OLDEST_POSTGRES = 150000


@dataclass
class Servers:
    """Where the two servers are, and the keepers of those that we started."""

    database_url: str
    redis_url: str
    keepers: list[Keeper] = field(default_factory=list)

    async def stop(self) -> None:
        for keeper in reversed(self.keepers):  # Valkey, then PostgreSQL
            await keeper.stop()


async def start_servers(data_dir: Path, *, own: bool = False, careless: bool = False) -> Servers:
    """Start what the environment does not name. Raises `StartFault` for a server that cannot be used.

    `own` starts both whatever the environment says; `careless` lets them lose their data in a power cut.
    """
    embedded: list[Postgres | Valkey] = []
    database_url, redis_url = ("", "") if own else (env.database_url, env.redis_url)
    if not (database_url and redis_url):
        identity = choose_identity(ROOT)
        home = server_home(data_dir, identity)
        programs = find_binaries(identity)
        if home != data_dir:
            say(f"  · The servers cannot reach {data_dir} (they do not run as root); their data is in {home}")
        if not database_url:
            embedded.append(Postgres(home=home, programs=programs.postgres, identity=identity, careless=careless))
        if not redis_url:
            embedded.append(Valkey(home=home, program=programs.valkey, identity=identity, careless=careless))
    if database_url:
        check_database(database_url)
    if redis_url:
        check_redis(redis_url)
    keepers = []
    try:
        await asyncio.gather(*(asyncio.to_thread(each.prepare) for each in embedded))
        keepers = [Keeper(service_of(each, data_dir)) for each in embedded]
        await asyncio.gather(*(keeper.start() for keeper in keepers))
    except BaseException:
        await Servers("", "", keepers).stop()
        raise
    urls = {each.name: each.url for each in embedded}
    return Servers(urls.get("postgres", database_url), urls.get("valkey", redis_url), keepers)


def service_of(server: Postgres | Valkey, data_dir: Path) -> Service:
    logs = data_dir / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    log = logs / f"{server.name}.log"
    if log.exists():
        log.replace(log.with_suffix(".log.1"))
    return Service(
        name=server.name,
        argv=server.argv,
        environment=inherited(LC_ALL="C"),
        answers=server.answers,
        stop_signal=server.stop_signal,
        death_signal=server.death_signal,
        identity=server.identity,
        log=log,
        cwd=Path("/"),
    )


def check_database(url: str) -> None:
    try:
        with psycopg.connect(url, connect_timeout=5) as session:
            version = session.info.server_version
    except psycopg.Error as fault:
        raise StartFault(f"DATABASE_URL cannot be used: {first_line(fault)}") from fault
    if version < OLDEST_POSTGRES:
        raise StartFault(f"DATABASE_URL leads to PostgreSQL {version // 10000}; 15 or newer is needed.")


def check_redis(url: str) -> None:
    try:
        with Redis.from_url(url, socket_connect_timeout=5, socket_timeout=5, retry=Retry(NoBackoff(), 0)) as link:
            link.ping()
    except (RedisError, OSError, ValueError) as fault:
        raise StartFault(f"REDIS_URL cannot be used: {first_line(fault)}") from fault


def first_line(fault: Exception) -> str:
    """What a driver says before it goes on to give advice."""
    return (str(fault).strip().splitlines() or [type(fault).__name__])[0]
