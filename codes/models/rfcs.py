from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from codes import querysets
from codes.models.fields import validate_month, validate_section


class RFC(models.Model):
    """One RFC, with what it replaced and what it changed."""

    class Status(models.TextChoices):
        """The RFC Editor's present status of a document (RFC 2026 section 4, RFC 6410)."""

        INTERNET_STANDARD = "internet-standard", "Internet Standard"
        DRAFT_STANDARD = "draft-standard", "Draft Standard"
        PROPOSED_STANDARD = "proposed-standard", "Proposed Standard"
        BEST_CURRENT_PRACTICE = "best-current-practice", "Best Current Practice"
        INFORMATIONAL = "informational", "Informational"
        EXPERIMENTAL = "experimental", "Experimental"
        HISTORIC = "historic", "Historic"

    number = models.PositiveIntegerField(
        primary_key=True, validators=[MinValueValidator(1)], help_text="The number alone: 9110."
    )
    title = models.CharField(max_length=200, help_text="The title as on the document’s first page.")
    published = models.CharField(
        max_length=7, validators=[validate_month], help_text="Month of publication, YYYY-MM: 2022-06."
    )
    status = models.CharField(
        max_length=30,
        choices=Status,
        help_text="The status that the RFC Editor gives the document now. Being obsoleted is no status: name the "
        "newer document under its own “obsoletes”.",
    )
    obsoletes = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="obsoleted_by",
        help_text="The older documents that this one replaces, as its first page says.",
    )
    updates = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="updated_by",
        help_text="The older documents that this one changes without replacing them, as its first page says.",
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
        """Where the RFC Editor publishes the text."""
        return section_url(rfc=self.number, draft="", section="")


def section_url(*, rfc: int | None, draft: str, section: str) -> str:
    """A section in the published text of an RFC or an Internet-Draft."""
    document = (
        f"https://www.rfc-editor.org/rfc/rfc{rfc}.html" if rfc else f"https://datatracker.ietf.org/doc/html/{draft}"
    )
    if not section:
        return document
    return f"{document}#{'section' if section[0].isdecimal() else 'appendix'}-{section}"


class Citation(models.Model):
    """A place in an RFC, or in an Internet-Draft, that a fact comes from."""

    rfc = models.ForeignKey(
        RFC,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)s_set",
        related_query_name="%(class)s",
        verbose_name="RFC",
        help_text="The RFC. Empty where an Internet-Draft says it.",
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
        help_text="The bare number of the section: 15.5.14.",
    )

    class Meta:
        abstract = True

    @property
    def document(self) -> str:
        """The document's name: `RFC 9110` or the draft's; empty where none is cited."""
        return f"RFC {self.rfc_id}" if self.rfc_id else self.draft

    @property
    def url(self) -> str:
        """The section in the published text."""
        return section_url(rfc=self.rfc_id, draft=self.draft, section=self.section)


def required_citation(name: str) -> models.CheckConstraint:
    """A citation names an RFC or a draft, not both and not neither."""
    return models.CheckConstraint(
        condition=Q(rfc__isnull=False, draft="") | (Q(rfc=None) & ~Q(draft="")),
        name=name,
        violation_error_message="Name an RFC or an Internet-Draft: one of the two.",
    )


def optional_citation(name: str) -> models.CheckConstraint:
    """A citation may be missing, but names no RFC and draft at once, and no section of nothing."""
    return models.CheckConstraint(
        condition=Q(draft="") & (Q(rfc__isnull=False) | Q(section="")) | Q(rfc=None) & ~Q(draft=""),
        name=name,
        violation_error_message="Name an RFC or an Internet-Draft, and a section only with one of them.",
    )
