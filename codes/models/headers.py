from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse

from codes import querysets
from codes.models.codes import PartOfCode, StatusCode
from codes.models.fields import MarkdownField, validate_section
from codes.models.rfcs import RFC, Citation, required_citation


class HeaderField(models.Model):
    """A header field that a status code requires, recommends or mentions."""

    slug = models.SlugField(
        unique=True, help_text="The name in lower case: “retry-after”. It is part of a public address."
    )
    name = models.CharField(
        max_length=100,
        unique=True,
        validators=[RegexValidator(r"\A[A-Za-z0-9]+(-[A-Za-z0-9]+)*\Z", "Use letters, digits and single hyphens.")],
        help_text="As its specification writes it: “Retry-After”.",
    )
    rfc = models.ForeignKey(
        RFC,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="header_fields",
        verbose_name="RFC",
        help_text="The RFC that defines the field. Leave empty if none does.",
    )
    section = models.CharField(
        max_length=20, blank=True, validators=[validate_section], help_text="Just the number of the section: 10.2.3."
    )
    description = MarkdownField(help_text="Markdown. What the field means, and in which messages it can appear.")

    objects = querysets.HeaderFieldQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        verbose_name = "header field"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("header", args=[self.slug])

    def clean(self) -> None:
        if self.slug != (self.name or "").lower():
            raise ValidationError({"slug": "The slug must be the name in lower case."})

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class HeaderRule(PartOfCode, Citation):
    """What a specification requires of a header field for a status code, and how strongly."""

    key_fields = ("header__slug", "requirement")

    class Requirement(models.TextChoices):
        """The keyword in the specification (RFC 2119), or `other` if it uses none."""

        MUST = "MUST"
        SHOULD = "SHOULD"
        MAY = "MAY"
        MUST_NOT = "MUST NOT"
        OTHER = "other", "other"

    code = models.ForeignKey(StatusCode, on_delete=models.CASCADE, related_name="header_rules")
    header = models.ForeignKey(
        HeaderField,
        on_delete=models.PROTECT,
        related_name="rules",
        verbose_name="header field",
        help_text="The field the rule is about.",
    )
    requirement = models.CharField(
        max_length=10,
        choices=Requirement,
        help_text="The keyword in the section, or “other” if there is none.",
    )
    condition = models.CharField(
        max_length=400,
        blank=True,
        help_text="When the rule applies, and to which message if not the response.",
    )

    class Meta:
        ordering = ["code", "header__slug", "requirement"]
        verbose_name = "header rule"
        constraints = [
            required_citation("header_rule_cites_one_document"),
            models.UniqueConstraint(
                fields=["code", "header", "requirement"],
                name="header_rule_once",
                violation_error_message="This meaning already has this rule for this header field.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.header} {self.requirement}"

    @property
    def strictness(self) -> int:
        """The rank of its keyword: 0 is the strictest."""
        return REQUIREMENTS_BY_STRICTNESS.index(HeaderRule.Requirement(self.requirement))


REQUIREMENTS_BY_STRICTNESS = [
    HeaderRule.Requirement.MUST,
    HeaderRule.Requirement.MUST_NOT,
    HeaderRule.Requirement.SHOULD,
    HeaderRule.Requirement.MAY,
    HeaderRule.Requirement.OTHER,
]
