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
    "staticfiles": {"BACKEND": "config.statics.HashedFiles"},
}
# Documents in a folder pass through Wagtail's view; those in a bucket are redirected to, once it has let them.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
if env.s3_bucket:
    from config.storage import bucket_options  # boto3 takes 20 MB: only where it is used

    WAGTAILDOCS_SERVE_METHOD = "redirect"
    if env.s3_public_url:
        MEDIA_URL = env.s3_public_url.rstrip("/") + "/"
    STORAGES["default"] = {
        "BACKEND": "config.storage.MediaBucket",
        "OPTIONS": bucket_options(
            bucket=env.s3_bucket,
            endpoint=env.s3_endpoint,
            region=env.s3_region,
            key=env.s3_key,
            secret=env.s3_secret,
        ),
    }
