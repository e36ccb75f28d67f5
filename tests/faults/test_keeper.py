"""One service under its keeper."""

import asyncio
import os
import signal

from config.supervisor.keeper import Keeper
from config.supervisor.service import Service

# Its child goes on without it, with its output in hand, as the processes of a killed web server do.
LEAVES_A_CHILD = Service(name="web", argv=["sh", "-c", "sleep 1000 & echo ready; wait"], environment=dict(os.environ))


async def start_again() -> tuple[int, int]:
    """The process before it was killed, and the one after it."""
    keeper = Keeper(LEAVES_A_CHILD)
    await keeper.start()
    try:
        assert keeper.process
        while keeper.last_line != "ready":
            await asyncio.sleep(0.01)
        killed = keeper.process.pid
        os.kill(killed, signal.SIGKILL)
        while keeper.process.pid == killed:
            await asyncio.sleep(0.01)
        return killed, keeper.process.pid
    finally:
        await keeper.stop()


def test_a_killed_service_is_started_again_although_its_children_live_on() -> None:
    killed, started = asyncio.run(asyncio.wait_for(start_again(), 60))

    assert killed != started
