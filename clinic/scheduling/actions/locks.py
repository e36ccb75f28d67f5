"""How the actions of visits wait for locks: as everybody does."""

from clinic.lib.locks import StillBusy, bound_patience, in_transaction

__all__ = ["StillBusy", "bound_patience", "in_transaction"]
