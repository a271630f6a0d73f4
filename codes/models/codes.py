from collections.abc import Collection
from datetime import UTC, datetime
from functools import reduce
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import IsNull
from django.utils import timezone

from codes import querysets
from codes.models.classes import StatusClass
from codes.models.fields import MarkdownField
from codes.models.paths import path_to
from codes.models.vendors import Vendor


def _class_matches_number() -> Q:
    """100–599 belong to the class of their first digit; every other number has none (RFC 9110 section 15)."""
    condition = Q(status_class=None) & (Q(number__lt=100) | Q(number__gte=600))
    for digit in range(1, 6):
        condition |= Q(status_class=digit, number__gte=digit * 100, number__lt=digit * 100 + 100)
    return condition


class StatusCode(models.Model):
    """One meaning of a number: what the registry, or one vendor, says that it means.

    A number has as many rows as it has meanings, at most one of them the registry's (`vendor` is then null).
    """

    class Registration(models.TextChoices):
        """The state of a row in the IANA registry."""

        REGISTERED = "registered", "Registered"
        TEMPORARY = "temporary", "Temporary"
        UNUSED = "unused", "Unused"
        OBSOLETED = "obsoleted", "Obsoleted"

    class State(models.TextChoices):
        """Whether anybody uses this meaning."""

        ACTIVE = "active", "Active"
        DEPRECATED = "deprecated", "Deprecated"
        RETIRED = "retired", "Retired"
        DISPUTED = "disputed", "Disputed"

    class ArisesAt(models.TextChoices):
        """Where along the path from client to origin server the condition comes up."""

        ORIGIN = "origin", "Origin server"
        GATEWAY = "gateway", "Gateway: proxy, CDN or load balancer"
        GATEWAY_TO_ORIGIN = "gateway-to-origin", "Between gateway and origin server"
        CLIENT_TO_SERVER = "client-to-server", "Between client and server"
        CLIENT = "client", "Client"
        ANY = "any", "Anywhere"

    number = models.PositiveSmallIntegerField(
        db_index=True,
        help_text="Three digits, 0 to 999. 100 to 599 is HTTP’s own range; others appear in logs.",
    )
    status_class = models.ForeignKey(
        StatusClass,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="codes",
        verbose_name="class",
        help_text="Follows from the number.",
    )
    vendor = models.ForeignKey(
        Vendor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="codes",
        help_text="Whose meaning it is. Empty: the registry’s own, of which a number has at most one.",
    )
    phrase = models.CharField(
        "reason phrase",
        max_length=100,
        blank=True,
        help_text="As the registry, or the vendor, writes it today. Empty where it gives none (306, 418).",
    )
    registration = models.CharField(
        max_length=20,
        choices=Registration,
        blank=True,
        help_text="What the registry says. Empty for a vendor’s meaning.",
    )
    registration_expires = models.DateField(
        null=True, blank=True, help_text="For a temporary registration: the day on which it ends."
    )
    registration_note = models.CharField(
        max_length=300,
        blank=True,
        help_text="Where this differs from the registry (another phrase), or a registration has expired: why. The page "
        "shows it.",
    )
    state = models.CharField(
        max_length=20,
        choices=State,
        default=State.ACTIVE,
        help_text="Deprecated: still sent, should not be. Retired: no longer sent. Disputed: no source shows that "
        "anybody sends it with this meaning.",
    )
    on_the_wire = models.BooleanField(
        default=True,
        help_text="Clear it where the number never stands in a response: only in log files, or made up by the client.",
    )
    arises_at = models.CharField(
        max_length=20,
        choices=ArisesAt,
        blank=True,
        help_text="Where along client – proxy or CDN – origin server the condition comes up.",
    )
    usual = models.BooleanField(
        "usual meaning",
        default=False,
        help_text="Set it for the one that most readers met, where several vendors use a number that the registry "
        "does not have. It is shown first.",
    )
    summary = models.CharField(
        max_length=160,
        help_text="What it means, in one whole sentence of at most 160 characters. Search engines show it.",
    )
    description = MarkdownField(
        blank=False,
        help_text="Markdown, in our own words. First what it means, then what the specification says, each claim "
        "with its section. Advice is worded as advice.",
    )
    use_when = MarkdownField("send it when", help_text="Markdown. Empty where nobody can or should send it.")
    avoid_when = MarkdownField("do not send it when", help_text="Markdown. Name what to send instead.")
    advice_visitor = MarkdownField(
        "advice for visitors", help_text="Markdown. Somebody sees this in a browser: what now?"
    )
    advice_client = MarkdownField(
        "advice for client authors", help_text="Markdown. May the request be repeated, and how?"
    )
    advice_server = MarkdownField(
        "advice for server owners", help_text="Markdown. How to find the cause, how to send it right."
    )
    unsourced = models.BooleanField(
        default=False, help_text="Set it where no source supports the meaning at all. The page then says so."
    )
    reviewed_on = models.DateField(
        null=True,
        blank=True,
        help_text="The day on which somebody last held every fact here against its source.",
    )
    updated_at = models.DateTimeField(
        default=timezone.now, editable=False, help_text="When the content of this meaning last changed."
    )

    objects = querysets.StatusCodeQuerySet.as_manager()

    class Meta:
        # The registry's meaning first, then the usual one of the vendors'.
        ordering = ["number", IsNull(F("vendor"), True).desc(), "-usual", "vendor__slug"]
        verbose_name = "status code"
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=Q(vendor=None),
                name="one_registered_meaning_per_number",
                violation_error_message="The registry gives a number at most one meaning: this number has one already.",
            ),
            models.UniqueConstraint(
                fields=["number", "vendor"],
                condition=Q(vendor__isnull=False),
                name="one_meaning_per_number_and_vendor",
                violation_error_message="This vendor has a meaning for this number already.",
            ),
            models.UniqueConstraint(
                fields=["number"],
                condition=Q(usual=True),
                name="one_usual_meaning_per_number",
                violation_error_message="Another meaning of this number is the usual one: clear “usual meaning” there "
                "first.",
            ),
            models.CheckConstraint(
                condition=Q(usual=False) | Q(vendor__isnull=False),
                name="usual_meaning_is_a_vendors",
                violation_error_message="The registry’s own meaning comes first anyway: clear “usual meaning”.",
            ),
            models.CheckConstraint(
                condition=Q(number__range=(0, 999)),
                name="number_has_three_digits",
                violation_error_message="A number has three digits: 0 to 999.",
            ),
            models.CheckConstraint(
                condition=_class_matches_number(),
                name="class_matches_number",
                violation_error_message="The class is the first digit of the number, 1 to 5; other numbers have none.",
            ),
            models.CheckConstraint(
                condition=Q(vendor__isnull=False) | Q(number__range=(100, 599)),
                name="registry_has_100_to_599",
                violation_error_message="The registry has numbers from 100 to 599 only: name the vendor.",
            ),
            models.CheckConstraint(
                condition=(Q(vendor=None) & ~Q(registration="")) | Q(vendor__isnull=False, registration=""),
                name="registration_is_the_registrys",
                violation_error_message="The registry’s meaning has a registration, a vendor’s has none.",
            ),
            models.CheckConstraint(
                condition=Q(registration="temporary", registration_expires__isnull=False)
                | (~Q(registration="temporary") & Q(registration_expires=None)),
                name="temporary_registration_expires",
                violation_error_message="A temporary registration has the day on which it expires, no other has one.",
            ),
            models.CheckConstraint(
                condition=Q(registration="") | (Q(registration="unused") ^ ~Q(phrase="")),
                name="phrase_unless_unused",
                violation_error_message="The registry gives every number a phrase, except an unused one.",
            ),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, [f"{self.number:03d}", self.phrase, f"({self.vendor})" if self.vendor else ""]))

    def get_absolute_url(self) -> str:
        """The vendor's own page; the registry's meaning leads the page of the number."""
        if self.vendor:
            return path_to("meaning", self.number, self.vendor.slug)
        return path_to("number", self.number)

    def clean(self) -> None:
        # The class is not typed in: it follows from the number.
        self.status_class_id = self.number // 100 if 100 <= (self.number or 0) <= 599 else None
        others = StatusCode.objects.of_number(self.number).exclude(pk=self.pk)
        if self.usual and others.registered().exists():
            raise ValidationError(
                {"usual": "The registry has this number, and its own meaning comes first: clear “usual meaning”."}
            )
        if not self.vendor_id and (usual := others.filter(usual=True).for_links().first()):
            raise ValidationError(f"The registry’s own meaning comes first: clear “usual meaning” of {usual} first.")

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Check the constraints, also those over fields that a form leaves out because they can no longer change.

        Django would skip these constraints, and the database would refuse what the form let through.
        """
        unchangeable = set() if self._state.adding else {"number", "vendor", "status_class"}
        super().validate_constraints(exclude=set(exclude or ()) - unchangeable)

    @property
    def key(self) -> str:
        """How an address names it among others: `404`, `499:nginx`."""
        return f"{self.number:03d}:{self.vendor.slug}" if self.vendor else f"{self.number:03d}"

    @property
    def registration_has_expired(self) -> bool:
        """Whether the day on which a temporary registration ends (UTC) has passed."""
        return self.registration_expires is not None and self.registration_expires < datetime.now(UTC).date()

    def touch(self) -> None:
        """Note that its content changed now."""
        self.updated_at = timezone.now()
        self.save(update_fields=["updated_at"])

    def natural_key(self) -> tuple[int] | tuple[int, str]:
        return (self.number, self.vendor.slug) if self.vendor else (self.number,)


class PartOfCode(models.Model):
    """Something that hangs on a status code: its model has a `code`, and is told apart within it by `key_fields`."""

    key_fields: ClassVar[tuple[str, ...]]
    """The lookups that, with the code, make the natural key."""

    objects = querysets.PartOfCodeQuerySet.as_manager()

    class Meta:
        abstract = True

    def natural_key(self) -> tuple:
        code: StatusCode = self.code  # type: ignore[attr-defined]
        return (code.natural_key(), *(reduce(getattr, path.split("__"), self) for path in self.key_fields))
