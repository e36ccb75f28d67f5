from importlib import import_module

from django.apps import AppConfig
from django.db import connections
from django.db.backends.signals import connection_created


class PageCacheConfig(AppConfig):
    name = "content.pagecache"
    label = "pagecache"

    def ready(self) -> None:
        import_module("content.pagecache.words")
        install = import_module("content.pagecache.watch").install
        connection_created.connect(install, dispatch_uid="page-cache-watches")
        for connection in connections.all(initialized_only=True):
            install(connection)
