"""Media in an S3 bucket that nobody but this site can read."""

from typing import Any

from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage


class MediaBucket(S3Storage):
    """A private bucket: links lead to /media/ of this site (config.media), or to IYADA_S3_PUBLIC_URL."""

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        return f"{settings.MEDIA_URL}{filepath_to_uri(name)}"
