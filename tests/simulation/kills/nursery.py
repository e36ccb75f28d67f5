"""A process that loads Django once and then makes senders, each a process that may be killed.

Run as `python -m tests.simulation.kills.nursery`. Each line that it reads makes a sender; when that is at work, its
process id is written. A sender runs the task of the worker again and again, until somebody kills it.
"""

import os
import signal
import sys
import time

import django

from config.supervisor.service import bound_to_parent

PAUSE = 0.01


def load_what_they_need() -> None:
    """The code and the texts, so that a young sender is soon at work."""
    from django.template.loader import get_template

    import clinic.messaging.delivery  # noqa: F401
    from clinic.messaging.registry import kinds

    for kind in kinds():
        names = [f"{kind.template}.{part}" for part in ("subject.txt", "txt", "html")]
        for name in [*names, *([f"{kind.sms}.txt"] if kind.sms else [])]:
            get_template(name)


def make_senders() -> None:
    """One for each line of the input. Nothing is connected yet: each opens lines of its own."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system buries them
    stay_bound = bound_to_parent(signal.SIGKILL)
    for _line in sys.stdin:
        hear, say = os.pipe()
        pid = os.fork()
        if not pid:
            if stay_bound:
                stay_bound()
            send_for_ever(say)
        os.read(hear, 1)
        os.close(hear)
        os.close(say)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


def send_for_ever(say: int) -> None:
    """Say when the work begins, which may be late on a busy machine, and go on until the end."""
    from django.db import connection

    from clinic.messaging.tasks import deliver_due_messages

    connection.ensure_connection()
    os.write(say, b"!")
    while True:
        deliver_due_messages.run()
        time.sleep(PAUSE)


if __name__ == "__main__":
    django.setup()
    load_what_they_need()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    make_senders()
