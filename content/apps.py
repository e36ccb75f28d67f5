from importlib import import_module

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_save
from PIL import Image
from wagtail.signals import page_published, published


class ContentConfig(AppConfig):
    name = "content"

    def ready(self) -> None:
        import_module("content.checks")
        import_module("content.shells").connect()
        import_module("content.enquiries.mails").register_kind()
        # Behind the forms (content.pictures.uploads): no code of ours decodes more than twice this.
        Image.MAX_IMAGE_PIXELS = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
        ask = import_module("content.receivers").ask_for_pictures
        post_save.connect(ask, sender="content.ClinicImage", dispatch_uid="pictures-of-an-upload")
        page_published.connect(ask, dispatch_uid="pictures-of-a-page")
        published.connect(ask, dispatch_uid="pictures-of-a-snippet")
