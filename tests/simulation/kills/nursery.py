"""A process that loads Django once and then makes senders, each a process that may be killed.

Run as `python -m tests.simulation.kills.nursery`. Each line that it reads makes a sender; it writes its process id.
A sender runs the task of the worker again and again, until somebody kills it.
"""

import os
import signal
import sys
import time

import django

from config.supervisor.service import bound_to_parent

PAUSE = 0.01


def make_senders() -> None:
    """One for each line of the input. Nothing is connected yet: each opens lines of its own."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system buries them
    stay_bound = bound_to_parent(signal.SIGKILL)
    for _line in sys.stdin:
        pid = os.fork()
        if not pid:
            if stay_bound:
                stay_bound()
            send_for_ever()
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


def send_for_ever() -> None:
    from clinic.messaging.tasks import deliver_due_messages

    while True:
        deliver_due_messages.run()
        time.sleep(PAUSE)


if __name__ == "__main__":
    django.setup()
    # What they need is loaded before, so that a young sender is soon at work.
    import clinic.messaging.delivery  # noqa: F401

    sys.stdout.write("ready\n")
    sys.stdout.flush()
    make_senders()
