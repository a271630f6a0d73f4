from django.db import models

from codes.models.codes import PartOfCode, StatusCode


class Keyword(PartOfCode):
    """Search words that people use for a code."""

    key_fields = ("words",)

    code = models.ForeignKey(StatusCode, on_delete=models.CASCADE, related_name="keywords")
    words = models.CharField(max_length=100, help_text="As people type them, in lower case: “file too big”.")
    position = models.PositiveSmallIntegerField(default=1, help_text="1 is the most likely.")

    class Meta:
        ordering = ["code", "position", "words"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "words"],
                name="keyword_once",
                violation_error_message="This meaning already has these search words.",
            )
        ]

    def __str__(self) -> str:
        return self.words
