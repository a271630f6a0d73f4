from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from codes import querysets
from codes.models.fields import validate_month, validate_section


class RFC(models.Model):
    """An RFC, with the RFCs that it obsoletes and updates."""

    class Status(models.TextChoices):
        """The current status of a document according to the RFC Editor (RFC 2026 section 4, RFC 6410)."""

        INTERNET_STANDARD = "internet-standard", "Internet Standard"
        DRAFT_STANDARD = "draft-standard", "Draft Standard"
        PROPOSED_STANDARD = "proposed-standard", "Proposed Standard"
        BEST_CURRENT_PRACTICE = "best-current-practice", "Best Current Practice"
        INFORMATIONAL = "informational", "Informational"
        EXPERIMENTAL = "experimental", "Experimental"
        HISTORIC = "historic", "Historic"

    number = models.PositiveIntegerField(
        primary_key=True, validators=[MinValueValidator(1)], help_text="Just the number: 9110."
    )
    title = models.CharField(max_length=200, help_text="The title on the document’s first page.")
    published = models.CharField(
        max_length=7, validators=[validate_month], help_text="Month of publication, YYYY-MM: 2022-06."
    )
    status = models.CharField(
        max_length=30,
        choices=Status,
        help_text="The current status according to the RFC Editor. “Obsoleted” is not a status: list this RFC under "
        "“obsoletes” of the newer one.",
    )
    obsoletes = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="obsoleted_by",
        help_text="The older RFCs that this one replaces, according to its first page.",
    )
    updates = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="updated_by",
        help_text="The older RFCs that this one changes without replacing them, according to its first page.",
    )

    objects = querysets.RFCQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = "RFC"
        verbose_name_plural = "RFCs"

    def __str__(self) -> str:
        return f"RFC {self.number}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("rfc", args=[self.number])

    def natural_key(self) -> tuple[int]:
        return (self.number,)

    @property
    def text_url(self) -> str:
        """The address of the text at the RFC Editor."""
        return section_url(rfc=self.number, draft="", section="")


def section_url(*, rfc: int | None, draft: str, section: str) -> str:
    """The address of a section in the published text of an RFC or an Internet-Draft."""
    document = (
        f"https://www.rfc-editor.org/rfc/rfc{rfc}.html" if rfc else f"https://datatracker.ietf.org/doc/html/{draft}"
    )
    if not section:
        return document
    return f"{document}#{'section' if section[0].isdecimal() else 'appendix'}-{section}"


class Citation(models.Model):
    """The section of an RFC or an Internet-Draft that supports a fact."""

    rfc = models.ForeignKey(
        RFC,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)s_set",
        related_query_name="%(class)s",
        verbose_name="RFC",
        help_text="The RFC. Leave empty for an Internet-Draft.",
    )
    draft = models.CharField(
        "Internet-Draft",
        max_length=100,
        blank=True,
        help_text="The draft’s full name with its version: draft-ietf-httpbis-resumable-upload-05.",
    )
    section = models.CharField(
        max_length=20,
        blank=True,
        validators=[validate_section],
        help_text="Just the number of the section: 15.5.14.",
    )

    class Meta:
        abstract = True

    @property
    def document(self) -> str:
        """The document's name: `RFC 9110` or the draft's; empty if none is cited."""
        return f"RFC {self.rfc_id}" if self.rfc_id else self.draft

    @property
    def url(self) -> str:
        """The address of the section in the published text."""
        return section_url(rfc=self.rfc_id, draft=self.draft, section=self.section)


def required_citation(name: str) -> models.CheckConstraint:
    """A constraint: exactly one of RFC and Internet-Draft is cited."""
    return models.CheckConstraint(
        condition=Q(rfc__isnull=False, draft="") | (Q(rfc=None) & ~Q(draft="")),
        name=name,
        violation_error_message="Enter either an RFC or an Internet-Draft.",
    )


def optional_citation(name: str) -> models.CheckConstraint:
    """A constraint: at most one of RFC and Internet-Draft is cited, and a section only with one of them."""
    return models.CheckConstraint(
        condition=Q(draft="") & (Q(rfc__isnull=False) | Q(section="")) | Q(rfc=None) & ~Q(draft=""),
        name=name,
        violation_error_message="Enter at most one of RFC and Internet-Draft, and a section only with one of them.",
    )
