from django.db import models
from django.db.models import F, Q

from codes.models.codes import PartOfCode, StatusCode


class SeeAlso(PartOfCode):
    """Another meaning that people confuse with this one, and the difference."""

    key_fields = ("other__number", "other__vendor__slug")

    code = models.ForeignKey(StatusCode, on_delete=models.CASCADE, related_name="see_also")
    other = models.ForeignKey(
        StatusCode,
        on_delete=models.CASCADE,
        related_name="see_also_from",
        help_text="The meaning it is confused with.",
    )
    difference = models.CharField(max_length=400, help_text="The difference, in one sentence.")
    position = models.PositiveSmallIntegerField(default=1, help_text="1 is the most likely confusion.")

    class Meta:
        ordering = ["code", "position", "other"]
        verbose_name = verbose_name_plural = "see also"
        constraints = [
            models.UniqueConstraint(
                fields=["code", "other"],
                name="see_also_once",
                violation_error_message="This meaning already points to that one.",
            ),
            models.CheckConstraint(
                condition=~Q(code=F("other")),
                name="see_also_another",
                violation_error_message="A meaning cannot be confused with itself.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} – {self.other}"

    def natural_key(self) -> tuple:
        return (self.code.natural_key(), self.other.number, self.other.vendor and self.other.vendor.slug)
