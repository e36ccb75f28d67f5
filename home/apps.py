from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save


class HomeConfig(AppConfig):
    name = "home"

    def ready(self) -> None:
        import_module("home.sender")
        import_module("home.editors.policies").register_policies()
        import_module("home.editors.notices").connect_notices()
        import_module("home.editors.widgets").register_widgets()
        post_migrate.connect(import_module("home.editors.approval").keep_workflow_after_migrate)
        post_save.connect(give_rights_in_the_new_tree, sender=self.get_model("HomePage"))


def give_rights_in_the_new_tree(sender: type, created: bool, **kwargs: Any) -> None:
    """The tree of a language begins with its home page, and roles of one language hold their rights there."""
    if created and not kwargs.get("raw"):
        import_module("clinic.accounts.roles").sync_trees()
