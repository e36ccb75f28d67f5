"""Static files, media and documents: in the data folder, or in an S3 bucket when one is named."""

from typing import Any

from config.env import ROOT, env

STATIC_URL = "/static/"
STATIC_ROOT = env.data_dir / "static"
STATICFILES_DIRS = [ROOT / "static"]
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
MEDIA_URL = "/media/"
MEDIA_ROOT = env.data_dir / "media"

STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if env.s3_bucket:
    if env.s3_public_url:
        MEDIA_URL = env.s3_public_url.rstrip("/") + "/"
    STORAGES["default"] = {
        "BACKEND": "config.storage.MediaBucket",
        "OPTIONS": {
            "bucket_name": env.s3_bucket,
            "endpoint_url": env.s3_endpoint or None,
            "region_name": env.s3_region,
            "access_key": env.s3_key or None,
            "secret_key": env.s3_secret or None,
            "signature_version": "s3v4",  # the default makes links that newer servers refuse
            # Images pass through /media/ or a public front, documents through Wagtail's view, which asks who reads.
            "default_acl": "private",
            "file_overwrite": False,
        },
    }
