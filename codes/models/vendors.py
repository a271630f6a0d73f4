from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from codes import querysets
from codes.models.fields import AddressField, MarkdownField
from codes.models.paths import path_to

# Other pages below a number have these addresses.
RESERVED_SLUGS = {"history"}


class Vendor(models.Model):
    """A party that uses numbers outside the registry: a product, a project, a proposal, or folklore."""

    class Kind(models.TextChoices):
        """What kind of party it is."""

        PRODUCT = "product", "Product"
        PROJECT = "project", "Project"
        PROPOSAL = "proposal", "Proposal"
        FOLKLORE = "folklore", "Folklore"

    slug = models.SlugField(
        unique=True,
        validators=[
            RegexValidator(r"\A[a-z0-9]+(-[a-z0-9]+)*\Z", "Use lower-case letters, digits and single hyphens.")
        ],
        help_text="The product’s name in lower case: “nginx”, “exchange-activesync”. It is part of public addresses, "
        "so never change it once it has been published.",
    )
    name = models.CharField(max_length=100, unique=True, help_text="The product’s name as its maker writes it.")
    company = models.CharField(
        max_length=100,
        blank=True,
        help_text="The maker. Leave empty for folklore and for a project without a company.",
    )
    kind = models.CharField(
        max_length=20,
        choices=Kind,
        help_text="Folklore: numbers that are often listed although nothing is known to send them.",
    )
    url = AddressField(
        "address", blank=True, help_text="The product’s own page or documentation. Leave empty for folklore."
    )
    description = MarkdownField(help_text="Markdown. What it is, and what its codes have in common.")
    logs = MarkdownField(
        "in the logs",
        blank=True,
        help_text="Markdown. How to find its codes in logs, or how else to recognise them. Name fields and files.",
    )
    retired = models.BooleanField(
        default=False,
        help_text="No longer offered or used. Vendors are retired, never deleted, so that their pages stay.",
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
