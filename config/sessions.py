"""Sessions in the database, read through the cache."""

from django.contrib.sessions.backends import cached_db, db


class SessionStore(cached_db.SessionStore):
    """Signing in writes the new session twice: empty, so that its key is taken, and then with who has signed in.

    Only the second is put into the cache. If the cache does not hear it, the database is asked; an empty one there
    would show the sign-in form to whoever has just signed in, for a minute.
    """

    def save(self, must_create: bool = False) -> None:
        if must_create:
            db.SessionStore.save(self, must_create=True)
        else:
            super().save()
