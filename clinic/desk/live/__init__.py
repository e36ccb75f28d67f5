"""Live updates: a socket for each open page of the desk, which says that something has changed. Runs under ASGI."""
