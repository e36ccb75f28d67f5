"""The ASGI application of the live updates: sockets at `handshakes.PATH`, and nothing else.

Each message is JSON: `changes`, a list of `clinic.lib.live.Change`, and `hears`, false while changes do not reach us
and the page must look for itself. One without changes is a heartbeat. Pages have nothing to say.
A handshake that is refused is answered 403 for whatever reason: a stranger learns nothing.
https://asgi.readthedocs.io/en/latest/specs/www.html
"""

import asyncio
import contextlib
import json
import time
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from clinic.desk.live.ear import listen
from clinic.desk.live.handshakes import PATH, headers_of, is_own_page, session_key
from clinic.desk.live.people import who_may_listen
from clinic.desk.live.room import Listener, Room

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

BEAT = 25.0  # seconds between two messages at most; proxies close what is silent for a minute
DOUBT = 60.0  # seconds after which somebody is asked again whether they may listen
SLOW = 10.0  # seconds that a page may take to receive a message
THREADS = 4  # that ask the database
QUEUE = 100  # people who wait to be asked; more are sent away

# https://www.rfc-editor.org/rfc/rfc6455#section-7.4: 1008 is ours to give, 4000 and more have our own meaning.
TALKED, SIGNED_OUT, TOO_MANY = 1008, 4401, 4429


class Leave(Exception):
    """The page is gone, or must go with `code`."""

    def __init__(self, code: int | None = None) -> None:
        super().__init__(code)
        self.code = code


class LiveUpdates:
    def __init__(self, *, beat: float = BEAT, doubt: float = DOUBT) -> None:
        self.beat, self.doubt = beat, doubt
        self.room = Room()
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="people")
        self.asking = 0

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.live(receive, send)
        elif scope["type"] == "websocket":
            await self.open(scope, receive, send)
        else:
            await answer(scope, send)

    async def live(self, receive: Receive, send: Send) -> None:
        """From the start of the process to its end: listen in Valkey."""
        await receive()
        ear = asyncio.create_task(listen(self.room))
        await send({"type": "lifespan.startup.complete"})
        await receive()
        ear.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await ear
        await send({"type": "lifespan.shutdown.complete"})

    async def open(self, scope: Message, receive: Receive, send: Send) -> None:
        await receive()
        headers = headers_of(scope)
        key = session_key(headers)
        user = None
        if key and scope["path"] == PATH and is_own_page(headers):
            user = await self.ask(key)
        listener = self.room.admit(user) if user is not None else None
        if listener is None:
            await send({"type": "websocket.close"})
            return
        try:
            await send({"type": "websocket.accept"})
            await self.serve(listener, key, receive, send)
        finally:
            self.room.leave(listener)

    async def ask(self, key: str) -> int | None:
        """Whose session it is, if that person may listen; None when too many are asking at this moment."""
        if self.asking >= QUEUE:
            return None
        self.asking += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self.threads, who_may_listen, key)
        finally:
            self.asking -= 1

    async def serve(self, listener: Listener, key: str, receive: Receive, send: Send) -> None:
        """Tell `listener` what changes until the page is gone or must go."""
        hearing = asyncio.ensure_future(hear_out(receive))
        telling = asyncio.create_task(self.tell(listener, key, send))
        try:
            done, _pending = await asyncio.wait({hearing, telling}, return_when=asyncio.FIRST_COMPLETED)
            done.pop().result()
        except Leave as leave:
            if leave.code:
                await send({"type": "websocket.close", "code": leave.code})
        finally:
            hearing.cancel()
            telling.cancel()
            await asyncio.gather(hearing, telling, return_exceptions=True)

    async def tell(self, listener: Listener, key: str, send: Send) -> None:
        """Raises `Leave`."""
        asked = time.monotonic()
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(listener.news.wait(), self.beat)
            if listener.must_leave:
                raise Leave(TOO_MANY)
            if time.monotonic() - asked >= self.doubt:
                if await self.ask(key) != listener.user:
                    raise Leave(SIGNED_OUT)
                asked = time.monotonic()
            changes = f"[{', '.join(listener.take())}]"
            text = f'{{"hears": {json.dumps(self.room.hears)}, "changes": {changes}}}'
            try:
                await asyncio.wait_for(send({"type": "websocket.send", "text": text}), SLOW)
            except (TimeoutError, OSError):
                raise Leave from None


async def hear_out(receive: Receive) -> None:
    """Wait until the page goes. Raises `Leave`, with a code for one that talks."""
    message = await receive()
    raise Leave(None if message["type"] == "websocket.disconnect" else TALKED)


async def answer(scope: Message, send: Send) -> None:
    """Of pages there is one: whether the process lives."""
    lives = scope["path"] == "/health/live/"
    body = b'{"status": "ok"}' if lives else b""
    kind = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200 if lives else 404, "headers": kind})
    await send({"type": "http.response.body", "body": body})
