from django.core.exceptions import ValidationError
from django.db import models

from codes import querysets
from codes.models.codes import PartOfCode, StatusCode
from codes.models.fields import AddressField


class Subcode(PartOfCode):
    """A vendor's subdivision of a status code: IIS 403.14, Cloudflare 1016 under 530."""

    key_fields = ("number",)

    code = models.ForeignKey(
        StatusCode,
        on_delete=models.CASCADE,
        related_name="subcodes",
        limit_choices_to={"vendor__isnull": False},
        help_text="The vendor’s meaning that the sub-code belongs to.",
    )
    number = models.PositiveIntegerField(help_text="Just the sub-code: 14 for 403.14; 1016.")
    phrase = models.CharField("name", max_length=200, help_text="The vendor’s name for it.")
    summary = models.CharField(max_length=160, help_text="The meaning in one sentence.")
    url = AddressField("source", max_length=500, blank=True, help_text="The vendor’s documentation of it.")

    objects = querysets.SubcodeQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["code", "number"]
        verbose_name = "sub-code"
        constraints = [
            models.UniqueConstraint(
                fields=["code", "number"],
                name="subcode_once",
                violation_error_message="This meaning already has this sub-code.",
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
        """The usual notation: `403.14`, `1016`."""
        return self.label_of(self.code.number, self.number)

    @staticmethod
    def label_of(code: int, number: int) -> str:
        """The usual notation of a sub-code: after its code (`403.14`), or alone from four digits on (`1016`)."""
        return f"{code:03d}.{number}" if number < 1000 else str(number)
