from django.db import models

from codes import querysets
from codes.models.codes import PartOfCode, StatusCode
from codes.models.fields import AddressField


class Subcode(PartOfCode):
    """A finer number below a meaning: IIS 403.14, Cloudflare 1016 under 530."""

    identity = ("number",)

    code = models.ForeignKey(
        StatusCode,
        on_delete=models.CASCADE,
        related_name="subcodes",
        limit_choices_to={"vendor__isnull": False},
        help_text="The vendor’s meaning under which the sub-code arises.",
    )
    number = models.PositiveIntegerField(help_text="The sub-code alone: 14 of 403.14; 1016.")
    phrase = models.CharField("name", max_length=200, help_text="The vendor’s name for it.")
    summary = models.CharField(max_length=160, help_text="What it means, in one sentence.")
    url = AddressField("source", max_length=500, blank=True, help_text="Where the vendor explains it.")

    objects = querysets.SubcodeQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["code", "number"]
        verbose_name = "sub-code"
        constraints = [
            models.UniqueConstraint(
                fields=["code", "number"],
                name="subcode_once",
                violation_error_message="This meaning has this sub-code already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.phrase}"

    def get_absolute_url(self) -> str:
        return f"{self.code.get_absolute_url()}/{self.number}"

    @property
    def label(self) -> str:
        """As people quote it: small numbers with their status (`403.14`), others alone (`1016`)."""
        return f"{self.code.number}.{self.number}" if self.number < 1000 else str(self.number)
