"""Pictures follow the library: an upload, a new focal point and a publication ask for what is lacking."""

from functools import partial
from typing import Any

from django.db import transaction

from content.tasks import prepare_pictures


def ask_for_pictures(sender: Any, **kwargs: Any) -> None:
    """On commit. With the broker down the round comes with the next periodic run."""
    if not kwargs.get("raw"):
        transaction.on_commit(partial(prepare_pictures.delay))
