"""People who sign in, and programs that hold a key."""

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from clinic.accounts.enums import Scope
from clinic.lib import clock


class User(AbstractUser):
    """A person who signs in: staff today, patients with an account later.

    `session_epoch` is part of what each session proves, and is read from the database at every request:
    raising it signs the person out everywhere, even where a cache still holds an old session.
    """

    session_epoch = models.PositiveIntegerField(_("session epoch"), default=0, editable=False)

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        permissions = [
            ("see_every_visit", _("Can see the visits of everybody, not only their own")),
            ("write_en", _("Can write the parts of the website that are in English")),
            ("write_ar", _("Can write the parts of the website that are in Arabic")),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.get_username()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        return salted_hmac(
            "clinic.accounts.session", f"{self.password}:{self.session_epoch}", secret=secret, algorithm="sha256"
        ).hexdigest()


class ApiKey(models.Model):
    """What a program proves itself with. Of the secret only a hash is kept: it is shown once, when it is made.

    A random secret of 256 bits needs no slow hash. The prefix names the key in lists and in the audit trail.
    """

    name = models.CharField(_("name"), max_length=80, help_text=_("Which program uses it, and whose it is."))
    prefix = models.CharField(_("prefix"), max_length=10, unique=True, editable=False)
    secret_hash = models.CharField(max_length=64, editable=False)
    scopes = ArrayField(
        models.CharField(max_length=40, choices=Scope), verbose_name=_("may do"), validators=[MinLengthValidator(1)]
    )
    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)
    created_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("created by")
    )
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True, help_text=_("Empty: until it is revoked."))
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view", "add", "change")
        permissions = [("rebuild_website_data", _("Can rebuild the website data"))]
        constraints = [
            models.CheckConstraint(condition=Q(secret_hash__regex=r"^[0-9a-f]{64}$"), name="api_key_keeps_a_hash"),  # noqa: S106 - a pattern
            models.CheckConstraint(condition=Q(scopes__len__gt=0), name="api_key_may_do_something"),
            models.CheckConstraint(
                condition=Q(expires_at=None) | Q(expires_at__gt=F("created_at")), name="api_key_lives_first"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("created_at")), name="api_key_revoked_later"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def works(self) -> bool:
        """Whether it is neither revoked nor expired."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > clock.now())
