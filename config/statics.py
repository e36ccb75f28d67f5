"""Styles and scripts under names that carry a digest of what is in them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Our scripts also name each other so: a page never mixes the modules of two versions."""

    support_js_module_import_aggregation = True
