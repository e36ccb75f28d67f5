"""Listens in Valkey, for as long as the process runs, whatever becomes of Valkey."""

import asyncio
import contextlib
import json
import logging
import random

from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from clinic.desk.live.room import Room
from clinic.lib.live import EVERYTHING, address, channel
from clinic.lib.patience import breaker

PING = 5.0  # seconds of silence after which we ask whether Valkey is still there, and as many for its answer
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 2.0  # seconds

log = logging.getLogger(__name__)


async def listen(room: Room) -> None:
    """Tell `room` each change, and whether changes are heard at all. Ends only when it is cancelled."""
    pause = FIRST_PAUSE
    while True:
        try:
            await listen_once(room)
        except (RedisError, OSError, ValueError) as fault:
            if room.hears:
                log.warning("Live updates hear nothing: %s", fault)
                pause = FIRST_PAUSE
                room.hear(hears=False)
        await asyncio.sleep(pause * random.uniform(0.7, 1.3))  # noqa: S311 - it only spreads the tries
        pause = min(pause * 2, LONGEST_PAUSE)


async def listen_once(room: Room) -> None:
    """Listen until the connection is lost. Raises `RedisError` or `OSError` then."""
    link = Redis.from_url(address(), socket_connect_timeout=2, socket_timeout=PING, retry=Retry(NoBackoff(), 0))
    late: asyncio.Task[None] | None = None
    try:
        async with link.pubsub() as ear:
            await ear.subscribe(channel())
            late = asyncio.create_task(catch_up(room))
            await hear(ear, room)
    finally:
        if late:
            late.cancel()
        with contextlib.suppress(RedisError, OSError):
            await link.aclose()


async def hear(ear: PubSub, room: Room) -> None:
    asked = False
    while True:
        message = await ear.get_message(timeout=PING)
        if message is None:
            # A network that swallowed the connection says nothing, for ever.
            if asked:
                raise TimeoutError("Valkey does not answer")
            await ear.ping()
            asked = True
            continue
        asked = False
        if message["type"] == "subscribe":
            room.hear(hears=True)
        elif message["type"] == "message":
            room.tell(json.loads(message["data"]))


async def catch_up(room: Room) -> None:
    """Writers leave a cache that failed alone for a while: what they did not announce meanwhile is looked for."""
    await asyncio.sleep(breaker.rest + 0.5)
    room.tell([EVERYTHING.as_data()])
