from django.db import models

from codes.models.codes import PartOfCode, StatusCode


class FormerPhrase(PartOfCode):
    """Another name of a meaning: in a specification, a release or common use."""

    key_fields = ("phrase",)

    code = models.ForeignKey(StatusCode, on_delete=models.CASCADE, related_name="former_phrases")
    phrase = models.CharField(max_length=100, help_text="The other name, exactly as written.")
    used_in = models.CharField(
        max_length=200,
        blank=True,
        help_text="Where it was used: “RFC 2068, RFC 2616 §6.1.1”, “nginx up to 1.11”, “common lists”.",
    )
    position = models.PositiveSmallIntegerField(default=1, help_text="1 is the most recent; higher numbers are older.")

    class Meta:
        ordering = ["code", "position", "phrase"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "phrase"],
                name="former_phrase_once",
                violation_error_message="This meaning already has this former phrase.",
            )
        ]

    def __str__(self) -> str:
        return self.phrase
