"""`./run test …`: the tests on a PostgreSQL and a Valkey of their own, thrown away afterwards."""

import asyncio
import sys

from config.env import ROOT, env, inherited
from config.supervisor.errand import run_errand
from config.supervisor.servers import start_servers
from config.supervisor.throwaway import throwaway_folder
from config.translations import compile_translations


def main(arguments: list[str]) -> int:
    compile_translations(ROOT / "site" / "locale")
    parallel = (
        []
        if any(each.startswith(("-n", "--numprocesses", "--pdb")) for each in arguments)
        else ["-n", "auto", "--dist", "loadgroup"]
    )
    argv = [sys.executable, "-m", "pytest", *parallel, *arguments]
    return asyncio.run(run_on_servers(argv, settings="config.settings.test", careless=True))


async def run_on_servers(argv: list[str], *, settings: str, careless: bool) -> int:
    """Run `argv` on servers of its own, whose data lie in the data folder until it ends.

    `careless` servers are faster, as they need not survive a power cut.
    """
    with throwaway_folder(env.data_dir) as folder:
        servers = await start_servers(folder, own=True, careless=careless)
        try:
            return await run_errand(
                argv,
                environment=inherited(
                    DATABASE_URL=servers.database_url,
                    REDIS_URL=servers.redis_url,
                    IYADA_DATA_DIR=str(folder),
                    DJANGO_SETTINGS_MODULE=settings,
                ),
            )
        finally:
            await servers.stop()
