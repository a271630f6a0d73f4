from django.core.exceptions import ValidationError
from django.db import models

from codes import querysets
from codes.models.codes import PartOfCode, StatusCode
from codes.models.fields import AddressField


class Subcode(PartOfCode):
    """A finer number below a meaning: IIS 403.14, Cloudflare 1016 under 530."""

    key_fields = ("number",)

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
        return f"{self.label} {self.phrase}"

    def get_absolute_url(self) -> str:
        return f"{self.code.get_absolute_url()}/{self.number}"

    def clean(self) -> None:
        if self.code_id and not self.code.vendor_id:
            raise ValidationError("A sub-code belongs to a vendor’s meaning: choose one, or add it first.")

    @property
    def label(self) -> str:
        """As people quote it."""
        return self.label_of(self.code.number, self.number)

    @staticmethod
    def label_of(code: int, number: int) -> str:
        """A sub-code as people quote it: with its code (`403.14`), from four digits on alone (`1016`)."""
        return f"{code:03d}.{number}" if number < 1000 else str(number)
