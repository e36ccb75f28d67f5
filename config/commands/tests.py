"""`./run test …`: the tests on a PostgreSQL and a Valkey of their own, thrown away afterwards."""

import asyncio
import sys

from config.embedded.binaries import find_binaries
from config.embedded.identity import choose_identity
from config.env import ROOT, env, inherited
from config.supervisor.errand import run_errand
from config.supervisor.servers import start_servers
from config.supervisor.template import make_template
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
    return asyncio.run(run_on_servers(argv, settings="config.settings.test", careless=True, migrated=True))


async def run_on_servers(argv: list[str], *, settings: str, careless: bool, migrated: bool = False) -> int:
    """Run `argv` on servers of its own, whose data lie in the data folder until it ends.

    `careless` servers are faster, as they need not survive a power cut. With `migrated`, they hold a database in
    which all migrations are applied, for those of tests to be copies of.
    """
    with throwaway_folder(env.data_dir) as folder:
        servers = await start_servers(folder, own=True, careless=careless)
        try:
            programs = find_binaries(choose_identity(ROOT)).postgres
            template = make_template(servers, programs=programs, kept=env.data_dir) if migrated else ""
            return await run_errand(
                argv,
                environment=inherited(
                    DATABASE_URL=servers.database_url,
                    REDIS_URL=servers.redis_url,
                    IYADA_DATA_DIR=str(folder),
                    DJANGO_SETTINGS_MODULE=settings,
                    IYADA_TEST_TEMPLATE=template,
                ),
            )
        finally:
            await servers.stop()
