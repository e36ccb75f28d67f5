"""Keeps one service running: starts it, waits until it answers, starts it again when it ends, stops it."""

import asyncio
import contextlib
import os
import signal
import time
from asyncio.subprocess import DEVNULL, STDOUT, Process

from config.embedded.faults import StartFault
from config.supervisor.service import Service, bound_to_parent
from config.supervisor.terminal import log

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds before a restart; doubled at each failure in a row
STEADY = 60.0  # seconds after which a service counts as having run well
LINE_LIMIT = 1 << 20  # bytes


class Keeper:
    def __init__(self, service: Service) -> None:
        self.service = service
        self.process: Process | None = None
        self.reader: asyncio.Task[None] | None = None
        self.guard: asyncio.Task[None] | None = None
        self.stopping = False
        self.last_line = ""

    async def start(self) -> None:
        """Start the service and wait until it answers. Raises `StartFault` if it ends or stays silent."""
        await self.spawn()
        await self.wait_until_ready()
        self.guard = asyncio.create_task(self.keep())

    async def spawn(self) -> None:
        service = self.service
        lines = None
        if service.log:
            output = os.open(service.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
        else:
            # Not asyncio's pipe, with which the end of a process would be told only when everything that it has
            # left behind is over too: its orphans would keep us from starting it again.
            lines, output = await open_pipe()
        try:
            self.process = await asyncio.create_subprocess_exec(
                *service.argv,
                env=service.environment,
                cwd=service.cwd,
                stdin=DEVNULL,
                stdout=output,
                stderr=STDOUT,
                # A group of its own: Ctrl-C reaches the supervisor alone, which stops all in order.
                process_group=0,
                preexec_fn=bound_to_parent(service.death_signal),
                **(service.identity.as_process() if service.identity else {}),
            )
        finally:
            os.close(output)
        if lines:
            self.reader = asyncio.create_task(self.pass_lines(lines))

    async def pass_lines(self, stream: asyncio.StreamReader) -> None:
        while True:
            try:
                raw = await stream.readline()
            except ValueError:  # a line beyond the limit is dropped, the process goes on
                continue
            if not raw:
                return
            self.last_line = raw.decode(errors="replace").rstrip()
            log(self.service.name, self.last_line)

    async def wait_until_ready(self) -> None:
        until = time.monotonic() + self.service.patience
        while self.process and self.process.returncode is None:
            if await asyncio.to_thread(self.service.answers):
                return
            if time.monotonic() > until:
                raise StartFault(f"{self.service.name} does not answer after {self.service.patience:.0f} seconds.")
            await asyncio.sleep(0.03)
        raise StartFault(f"{self.service.name} cannot start: {await self.reason()}")

    async def reason(self) -> str:
        if self.service.log:
            lines = self.service.log.read_text(errors="replace").splitlines()
            worth = [line for line in lines if "FATAL" in line or "Fatal" in line] or lines
            return f"{worth[-1] if worth else 'no reason given'} ({self.service.log})"
        if self.reader:
            await self.reader
        return self.last_line or "no reason given"

    async def keep(self) -> None:
        """Start the service again whenever it ends, with ever longer pauses."""
        pause = FIRST_PAUSE
        while self.process:
            began = time.monotonic()
            code = await self.process.wait()
            self.end_group()
            if self.stopping:
                return
            if time.monotonic() - began > STEADY:
                pause = FIRST_PAUSE
            log("iyada", f"{self.service.name} ended ({describe(code)}); starting it again in {pause:g} s")
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            await self.spawn()

    async def stop(self) -> None:
        """Ask the service to end, and kill it when it takes too long."""
        self.stopping = True
        if self.guard:
            self.guard.cancel()
        if self.process and self.process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self.process.send_signal(self.service.stop_signal)
            try:
                await asyncio.wait_for(self.process.wait(), self.service.stop_seconds)
            except TimeoutError:
                log("iyada", f"{self.service.name} does not stop; killed")
        self.kill()
        if self.process:
            await self.process.wait()
        if self.reader:
            self.reader.cancel()

    def kill(self) -> None:
        self.stopping = True
        self.end_group()

    def end_group(self) -> None:
        """Kill what the service may have left of its own children."""
        if self.process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)


async def open_pipe() -> tuple[asyncio.StreamReader, int]:
    """What is written into the second comes out of the first."""
    read_end, write_end = os.pipe()
    reader = asyncio.StreamReader(limit=LINE_LIMIT)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(read_end, "rb", buffering=0)
    )
    return reader, write_end


def describe(code: int) -> str:
    if code < 0:
        return f"signal {signal.Signals(-code).name}"
    return f"exit code {code}"
