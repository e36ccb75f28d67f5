"""Media in an S3 bucket: images that everybody may see, documents that only a signed address opens.

A store that is down, slow or refusing is an `OSError` like a disk that is full, comes after seconds and not
minutes, and is left alone for a moment after it did not answer.
"""

import logging
import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.utils.encoding import filepath_to_uri
from django.utils.http import content_disposition_header
from storages.backends.s3 import S3Storage

from clinic.lib.breaker import Breaker
from config.stores import IMMUTABLE, PUBLIC_FOLDERS, StoreFault

log = logging.getLogger(__name__)
breaker = Breaker(rest=5)  # seconds


@contextmanager
def faults_named() -> Iterator[None]:
    """Raise `FileNotFoundError` for what is not there and `StoreFault` for all else that a store can do wrong."""
    if breaker.is_open:
        raise StoreFault("The store did not answer a moment ago; not asked again yet.")
    try:
        yield
    except ClientError as fault:
        status = fault.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        if status == 404:
            raise FileNotFoundError(str(fault)) from None
        if status >= 500:
            breaker.trip()
        raise StoreFault(str(fault)) from fault
    except (BotoCoreError, Boto3Error) as fault:
        # Only an answer "no" says that the store is there; boto3 wraps it when it stood at the end of an upload.
        if not isinstance(fault.__context__, ClientError):
            breaker.trip()
        raise StoreFault(str(fault)) from fault


class MediaBucket(S3Storage):
    """One bucket. `images/` and `original_images/` are public, all else is private.

    Links to images lead to /media/ of this site (config.media) or to IYADA_S3_PUBLIC_URL. The address of anything
    else is signed, for `document_seconds`. Making an address asks nobody.
    """

    is_remote = True
    document_seconds: int

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """How a task that deletes a file gets at this store. Its keys stay out of the queue."""
        return f"{__name__}.media_store", [], {}

    def get_default_settings(self) -> dict[str, Any]:
        return {**super().get_default_settings(), "document_seconds": 300}

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        if name.startswith(PUBLIC_FOLDERS):
            return f"{settings.MEDIA_URL}{filepath_to_uri(name)}"
        filename = posixpath.basename(name)
        shown = content_disposition_header(not filename.lower().endswith(".pdf"), filename)
        parameters = {"ResponseContentDisposition": shown, "ResponseCacheControl": "private, no-store"}
        return str(super().url(name, parameters=parameters, expire=self.document_seconds))

    def get_object_parameters(self, name: str) -> dict[str, Any]:
        """Headers that the bucket sends with a file."""
        if not name.startswith(PUBLIC_FOLDERS):
            return {"CacheControl": "private, no-store"}
        # A drawing may hold scripts. Opened by itself it is saved and not run; in a page it is a picture anyway.
        shown = {"ContentDisposition": "attachment"} if name.lower().endswith(".svg") else {}
        return {"CacheControl": IMMUTABLE, **shown}

    def _open(self, name: str, mode: str = "rb") -> File:
        with faults_named():
            file = super()._open(name, mode)
            if "r" in mode:
                _ = file.file  # fetched now: a fault in the middle of an answer can no longer be told
            return file

    def _save(self, name: str, content: File) -> str:
        with faults_named():
            return str(super()._save(name, content))

    def exists(self, name: str) -> bool:
        with faults_named():
            return bool(super().exists(name))

    def size(self, name: str) -> int:
        with faults_named():
            return int(super().size(name))

    def delete(self, name: str) -> None:
        """Delete the file. While the store is away it stays; the row that named it is gone either way."""
        try:
            with faults_named():
                super().delete(name)
        except OSError as fault:
            log.warning("A file is left in the bucket: %s (%s)", name, fault)


def media_store() -> Storage:
    return storages["default"]


def bucket_options(*, bucket: str, endpoint: str, region: str, key: str, secret: str) -> dict[str, Any]:
    """Settings of `MediaBucket`. An empty endpoint is Amazon's; empty keys are looked for as boto3 does."""
    return {
        "bucket_name": bucket,
        "endpoint_url": endpoint or None,
        "region_name": region,
        "access_key": key or None,
        "secret_key": secret or None,
        # None leaves it to the bucket, which is private; newer buckets refuse every ACL.
        "default_acl": None,
        "file_overwrite": False,
        "max_memory_size": 2 * 1024 * 1024,  # bytes of an opened file; the rest lies on disk
        "client_config": Config(
            signature_version="s3v4",  # the default makes addresses that newer servers refuse
            connect_timeout=1,
            read_timeout=4,
            retries={"total_max_attempts": 1},
            s3={"addressing_style": "path" if endpoint else "auto"},
            # Servers other than Amazon's do not know the checksums that boto3 adds by itself.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    }
