"""What has been loaded once, so that it is never loaded again."""

from django.db import models


class LoadedItem(models.Model):
    """The key of one thing that the starter clinic brought, as in "service:ecg".

    The key stays when an editor changes or deletes the thing itself: a second load leaves both alone. To get a
    deleted thing back, delete its key and load again.
    """

    key = models.CharField(max_length=120, primary_key=True)
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.key
