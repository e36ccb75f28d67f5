import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import clinic.lib.references


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0001_initial"),
        ("patients", "0002_find_by_email"),
        ("scheduling", "0006_the_waiting_room"),
    ]

    operations = [
        migrations.CreateModel(
            name="WaitlistEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=clinic.lib.references.new_reference,
                        editable=False,
                        max_length=10,
                        unique=True,
                        verbose_name="reference",
                    ),
                ),
                ("key", models.CharField(editable=False, max_length=64, unique=True)),
                ("first_day", models.DateField(verbose_name="first day")),
                ("last_day", models.DateField(help_text="Included.", verbose_name="last day")),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(
                            choices=[
                                (1, "Monday"),
                                (2, "Tuesday"),
                                (3, "Wednesday"),
                                (4, "Thursday"),
                                (5, "Friday"),
                                (6, "Saturday"),
                                (7, "Sunday"),
                            ]
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="weekdays",
                    ),
                ),
                ("earliest", models.TimeField(blank=True, null=True, verbose_name="begins not before")),
                ("latest", models.TimeField(blank=True, null=True, verbose_name="begins not after")),
                ("contact_name", models.CharField(max_length=120, verbose_name="name")),
                ("contact_phone", models.CharField(blank=True, max_length=16, verbose_name="phone")),
                ("contact_email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("ar", "Arabic")], max_length=2, verbose_name="language"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[("site", "On the site"), ("desk", "At the desk"), ("walk", "Walked in")],
                        max_length=4,
                        verbose_name="asked",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("booked", "Has a visit"),
                            ("left", "Taken off the list"),
                            ("silent", "Did not answer"),
                            ("over", "Its days are over"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="status",
                    ),
                ),
                ("unanswered", models.PositiveSmallIntegerField(default=0, verbose_name="offers without an answer")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="waits since")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                (
                    "location",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waitlist",
                        to="directory.location",
                        verbose_name="location",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="waitlist",
                        to="patients.patient",
                        verbose_name="patient",
                    ),
                ),
                (
                    "practitioner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waitlist",
                        to="directory.practitioner",
                        verbose_name="practitioner",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waitlist",
                        to="directory.service",
                        verbose_name="service",
                    ),
                ),
            ],
            options={
                "verbose_name": "waitlist entry",
                "verbose_name_plural": "waitlist entries",
                "ordering": ["created_at", "pk"],
                "default_permissions": ("view", "add", "change"),
            },
        ),
        migrations.CreateModel(
            name="WaitlistOffer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=clinic.lib.references.new_reference,
                        editable=False,
                        max_length=10,
                        unique=True,
                        verbose_name="reference",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="starts at")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Offered"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("expired", "Not answered"),
                            ("gone", "Not free any more"),
                        ],
                        default="open",
                        max_length=8,
                        verbose_name="status",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="offered at")),
                ("expires_at", models.DateTimeField(verbose_name="kept until")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                (
                    "appointment",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="offer",
                        to="scheduling.appointment",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="offers",
                        to="scheduling.waitlistentry",
                    ),
                ),
                (
                    "location",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="directory.location",
                        verbose_name="location",
                    ),
                ),
                (
                    "practitioner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="directory.practitioner",
                        verbose_name="practitioner",
                    ),
                ),
            ],
            options={
                "verbose_name": "offered time",
                "verbose_name_plural": "offered times",
                "ordering": ["made_at", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="waitlistentry",
            index=models.Index(
                condition=models.Q(("status", "waiting")), fields=["service", "created_at"], name="waitlist_by_turn"
            ),
        ),
        migrations.AddIndex(
            model_name="waitlistentry",
            index=models.Index(fields=["ended_at"], name="waitlist_by_end"),
        ),
        migrations.AddConstraint(
            model_name="waitlistentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_day__lte", models.F("last_day"))), name="waitlist_days_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="waitlistentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekdays__contained_by", [1, 2, 3, 4, 5, 6, 7])), name="waitlist_weekdays_are_days"
            ),
        ),
        migrations.AddConstraint(
            model_name="waitlistentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("earliest__isnull", True),
                    ("latest__isnull", True),
                    ("earliest__lte", models.F("latest")),
                    _connector="OR",
                ),
                name="waitlist_times_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="waitlistentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("contact_phone", ""), _negated=True),
                    models.Q(("contact_email", ""), _negated=True),
                    _connector="OR",
                ),
                name="waitlist_entry_can_be_reached",
            ),
        ),
        migrations.AddConstraint(
            model_name="waitlistentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["waiting", "booked", "left", "silent", "over"])),
                name="waitlist_status_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="waitlistentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("status", "waiting")),
                    models.Q(models.Q(("status", "waiting"), _negated=True), ("ended_at__isnull", False)),
                    _connector="OR",
                ),
                name="waitlist_entry_waits_or_has_ended",
            ),
        ),
        migrations.AddIndex(
            model_name="waitlistoffer",
            index=models.Index(
                condition=models.Q(("status", "open")), fields=["expires_at"], name="waitlist_offer_by_expiry"
            ),
        ),
        migrations.AddConstraint(
            model_name="waitlistoffer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "open")), fields=("entry",), name="waitlist_one_open_offer_for_an_entry"
            ),
        ),
        migrations.AddConstraint(
            model_name="waitlistoffer",
            constraint=models.UniqueConstraint(
                fields=("entry", "practitioner", "starts_at"), name="waitlist_no_time_is_offered_twice_to_an_entry"
            ),
        ),
        migrations.AddConstraint(
            model_name="waitlistoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(("made_at__lt", models.F("expires_at"))), name="waitlist_offer_lasts"
            ),
        ),
        migrations.AddConstraint(
            model_name="waitlistoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("status", "open")),
                    models.Q(
                        models.Q(("status", "open"), _negated=True),
                        ("status__in", ["open", "accepted", "declined", "expired", "gone"]),
                        ("answered_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="waitlist_offer_is_open_or_answered",
            ),
        ),
        migrations.AddConstraint(
            model_name="waitlistoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("appointment__isnull", False), ("status", "accepted")),
                    models.Q(models.Q(("status", "accepted"), _negated=True), ("appointment__isnull", True)),
                    _connector="OR",
                ),
                name="waitlist_accepted_offer_is_a_visit",
            ),
        ),
    ]
