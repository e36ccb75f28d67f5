"""What must be done before the first page: translations, static files, migrations, the starter clinic."""

import asyncio
import contextlib
import re
import signal
import sys
from asyncio.subprocess import PIPE

from config.embedded.faults import StartFault
from config.embedded.postgres import last_line
from config.env import ROOT, env
from config.supervisor.service import bound_to_parent
from config.supervisor.stamps import (
    APPS,
    Stamps,
    migrations_in,
    migrations_in_code,
    seed_content,
    static_files,
)
from config.supervisor.terminal import step
from config.translations import compile_translations, outdated


async def prepare(environment: dict[str, str]) -> None:
    """Do what has changed since the last start. Raises `StartFault` for a step that fails."""
    stamps = Stamps(env.data_dir / "run" / "prepared.json")
    if outdated(ROOT / "site" / "locale"):
        with step("Compiling the translations"):
            compile_translations(ROOT / "site" / "locale")
    # Static files need the processor, the database mostly waits: done side by side.
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(prepare_static(stamps, environment))
            group.create_task(prepare_database(stamps, environment))
    except ExceptionGroup as faults:
        raise faults.exceptions[0] from None


async def prepare_static(stamps: Stamps, environment: dict[str, str]) -> None:
    target = env.data_dir / "static"
    if env.debug or stamps.holds("static", static_files(target)):
        return
    with step("Collecting styles, scripts and fonts"):
        await manage("collectstatic", "--noinput", "--verbosity=0", environment=environment)
    stamps.keep("static", static_files(target))


async def prepare_database(stamps: Stamps, environment: dict[str, str]) -> None:
    url = environment["DATABASE_URL"]
    code, applied = migrations_in_code(), migrations_in(url)
    if not stamps.holds("database", code + applied):
        with step("Preparing the database"):
            await manage("migrate", "--noinput", "--verbosity=0", environment=environment)
        applied = migrations_in(url)
    seed = seed_content() + applied
    if has_seed() and not stamps.holds("seed", seed):
        with step("Loading the starter clinic"):
            await manage("seed", environment=environment)
        stamps.keep("seed", seed)
    stamps.keep("database", code + applied)


def has_seed() -> bool:
    return any(found for app in APPS for found in (ROOT / app).rglob("management/commands/seed.py"))


async def manage(*arguments: str, environment: dict[str, str]) -> None:
    """Run manage.py; what it prints goes to a log, whose last line is the reason of a failure."""
    log = env.data_dir / "logs" / f"{arguments[0]}.log"
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "manage.py",
        *arguments,
        env=environment,
        cwd=ROOT,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=PIPE,
        stderr=asyncio.subprocess.STDOUT,
        process_group=0,
        preexec_fn=bound_to_parent(signal.SIGTERM),
    )
    try:
        output, _ = await process.communicate()
    except asyncio.CancelledError:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()
        raise
    text = output.decode(errors="replace")
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text(text)
    if process.returncode:
        raise StartFault(f"`manage.py {arguments[0]}` failed: {reason_in(text)} (all of it is in {log})")


def reason_in(text: str) -> str:
    """The line of a traceback or a command's complaint that names the fault; the last one if none does."""
    faults = [
        line
        for line in text.splitlines()
        if re.match(r"(\w+\.)*\w*(Error|Exception|Fault|ImproperlyConfigured)\b", line)
    ]
    # A fault that ends in a colon goes on below: what the last line says is more.
    return faults[-1].strip() if faults and not faults[-1].endswith(":") else last_line(text)
