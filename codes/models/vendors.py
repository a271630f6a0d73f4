from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from codes import querysets
from codes.models.fields import AddressField, MarkdownField
from codes.models.paths import path_to

# These would collide with pages below a number.
RESERVED_SLUGS = {"history"}


class Vendor(models.Model):
    """A party that uses numbers outside the registry: a product, a project, a proposal, or folklore."""

    class Kind(models.TextChoices):
        """What sort of party it is."""

        PRODUCT = "product", "Product"
        PROJECT = "project", "Project"
        PROPOSAL = "proposal", "Proposal"
        FOLKLORE = "folklore", "Folklore"

    slug = models.SlugField(
        unique=True,
        validators=[
            RegexValidator(r"\A[a-z0-9]+(-[a-z0-9]+)*\Z", "Use lower-case letters, digits and single hyphens.")
        ],
        help_text="The product a reader meets, in lower case: “nginx”, “exchange-activesync”. It is part of "
        "public addresses: never change it once it has been public.",
    )
    name = models.CharField(max_length=100, unique=True, help_text="The product’s name as its maker writes it.")
    company = models.CharField(
        max_length=100,
        blank=True,
        help_text="Who makes it. Empty for a project without a company, and for folklore.",
    )
    kind = models.CharField(
        max_length=20,
        choices=Kind,
        help_text="Folklore is a number that people repeat although nobody can be named who sends it.",
    )
    url = AddressField("address", blank=True, help_text="The product’s own page or documentation. Empty for folklore.")
    description = MarkdownField(help_text="Markdown. What it is, and what its codes have in common.")
    logs = MarkdownField(
        "in the logs",
        blank=True,
        help_text="Markdown. How to find its codes in logs, or by what else to recognise them. Name fields and files.",
    )
    retired = models.BooleanField(
        default=False,
        help_text="No longer offered or used. A vendor is retired, never deleted: its pages stay.",
    )

    objects = querysets.VendorQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return path_to("vendor", self.slug)

    def clean(self) -> None:
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": f"“{self.slug}” is the address of another page: choose another slug."})

    def natural_key(self) -> tuple[str]:
        return (self.slug,)
