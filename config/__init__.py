"""How a process is configured. The Celery application is loaded by `config.apps`, not here:

the supervisor imports this package too, and neither needs Celery nor waits for it.
"""
