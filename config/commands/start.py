"""`./run`: the whole site until Ctrl-C."""

import asyncio

from config.supervisor.site import Site


def main(arguments: list[str]) -> int:
    asyncio.run(run())
    return 0


async def run() -> None:
    await Site().run()
