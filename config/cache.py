"""The cache, which may be lost at any time: it fails open, quickly, and is left alone while it is down."""

from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django_redis.cache import RedisCache
from redis import Redis
from redis.exceptions import ConnectionError as Unreachable
from redis.exceptions import TimeoutError as TooSlow

from clinic.lib.patience import breaker, seconds_left, waiting

ONE_CALL = 0.25  # seconds: the two time-outs in the settings, to connect and to hear


class GuardedRedis(Redis):
    """A client that refuses at once while the breaker is open, so that one page waits at most once."""

    def execute_command(self, *args: Any, **options: Any) -> Any:
        self.refuse_while_open()
        try:
            with waiting():
                return super().execute_command(*args, **options)
        except (Unreachable, TooSlow):
            breaker.trip()
            raise

    def pipeline(self, *args: Any, **options: Any) -> Any:
        self.refuse_while_open()
        return super().pipeline(*args, **options)

    def refuse_while_open(self) -> None:
        if breaker.is_open:
            raise Unreachable("The cache failed a moment ago; not asked again yet.")
        if seconds_left() < ONE_CALL:
            raise Unreachable("This request has waited for the cache long enough.")


class GuardedCache(RedisCache):
    """django-redis with an upper limit on the life of an entry: OPTIONS["MAX_TIMEOUT"], seconds."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.max_timeout: int | None = params.get("OPTIONS", {}).get("MAX_TIMEOUT")

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, *args: Any, **kwargs: Any) -> Any:
        if self.max_timeout is not None:
            asked = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
            timeout = self.max_timeout if asked is None else min(asked, self.max_timeout)
        return super().set(key, value, timeout, *args, **kwargs)
