"""The clinic's own processes."""

import signal
import sys
import urllib.error
import urllib.request
from pathlib import Path

from config.env import ROOT, env
from config.supervisor.service import Service

MEMORY = Path("/dev/shm")  # noqa: S108 - where gunicorn's workers show that they live, if it is there


def address() -> str:
    """Where a browser on this machine finds the site."""
    host = "localhost" if env.bind in ("127.0.0.1", "0.0.0.0", "::", "::1") else env.bind  # noqa: S104
    return f"http://{host}:{env.port}"


def web(environment: dict[str, str]) -> Service:
    argv = [
        *(sys.executable, "-m", "gunicorn", "config.wsgi:application"),
        *("--worker-class", "gthread", "--workers", str(env.web_workers), "--threads", str(env.web_threads)),
        *("--bind", listening_at(env.port)),
        "--preload",  # the code is loaded once, not by each worker
        "--reuse-port",  # without it one worker takes all connections every now and then
        "--no-control-socket",  # its default place is one for all gunicorns of a user
        *("--forwarder-headers", ""),  # else a local sender sets SCRIPT_NAME, the beginning of every link
        *("--graceful-timeout", "2", "--timeout", "60", "--keep-alive", "5"),
        *("--max-requests", "2000", "--max-requests-jitter", "200"),
        *("--log-level", "warning"),
        *(("--worker-tmp-dir", str(MEMORY)) if MEMORY.is_dir() else ()),
    ]
    return Service(name="web", argv=argv, environment=environment, answers=serves, cwd=ROOT)


def ws(environment: dict[str, str]) -> Service:
    """Live updates: another process than web's, because sockets stay open and pages are answered faster by threads."""
    port = int(environment["IYADA_SOCKET_PORT"])
    argv = [
        *(sys.executable, "-m", "gunicorn", "config.asgi:application"),
        *("--worker-class", "asgi", "--workers", "1", "--worker-connections", "1000"),
        *("--bind", listening_at(port), "--no-control-socket", "--forwarder-headers", ""),
        *("--websocket-max-message-size", "1024"),  # pages have nothing to say
        # Its worker looks once a second whether it is to end, and gives its sockets another.
        *("--graceful-timeout", "5", "--timeout", "180", "--keep-alive", "5", "--log-level", "warning"),
        *(("--worker-tmp-dir", str(MEMORY)) if MEMORY.is_dir() else ()),
    ]
    return Service(
        name="ws",
        argv=argv,
        environment=environment,
        answers=lambda: serves(port),
        patience=180,  # nothing waits for it: on a busy machine it may load as slowly as it must
        # Asked by TERM it would wait for pages to let go of their sockets; they come back by themselves.
        stop_signal=signal.SIGINT,
        cwd=ROOT,
    )


def listening_at(port: int) -> str:
    return f"[{env.bind}]:{port}" if ":" in env.bind else f"{env.bind}:{port}"


def serves(port: int = env.port) -> bool:
    """Whether the process at `port` answers; what it answers is not asked here."""
    host = env.bind if env.bind not in ("0.0.0.0", "::") else "127.0.0.1"  # noqa: S104
    place = f"[{host}]" if ":" in host else host
    request = urllib.request.Request(f"http://{place}:{port}/health/live/", headers={"Host": env.hosts[0]})
    try:
        with urllib.request.urlopen(request, timeout=5):  # noqa: S310 - our own address
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def worker(environment: dict[str, str]) -> Service:
    argv = [
        # Root on a laptop is a choice that the person has made already.
        *(sys.executable, "-W", "ignore:You're running the worker with superuser privileges"),
        *("-m", "celery", "--app", "config.celery", "--quiet", "worker"),
        # Threads: what it does is mostly waiting for mail servers and the database, and one process is small.
        *("--pool", "threads", "--concurrency", str(env.worker_threads)),
        *("--loglevel", "WARNING", "--without-gossip", "--without-mingle", "--hostname", "iyada@%h"),
    ]
    # Asked to stop, it waits a few seconds for running tasks and hands the rest back to the broker.
    return Service(
        name="worker",
        argv=argv,
        environment={**environment, "REMAP_SIGTERM": "SIGQUIT"},
        # With the supervisor its broker and database go too: there is nobody left to hand a task back to, and
        # waiting for them would leave an orphan. Unacknowledged tasks and claimed messages are found again.
        death_signal=signal.SIGKILL,
        cwd=ROOT,
    )


def beat(environment: dict[str, str]) -> Service:
    argv = [*(sys.executable, "-m", "celery", "--app", "config.celery", "--quiet", "beat"), "--loglevel", "WARNING"]
    return Service(name="beat", argv=[*argv, "--pidfile", ""], environment=environment, cwd=ROOT)
