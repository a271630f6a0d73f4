from django.db import models

from codes.models.codes import PartOfCode, StatusCode


class FormerPhrase(PartOfCode):
    """Another name of a meaning: in a specification, a release or common use."""

    identity = ("phrase",)

    code = models.ForeignKey(StatusCode, on_delete=models.CASCADE, related_name="former_phrases")
    phrase = models.CharField(max_length=100, help_text="The other name, as it was written.")
    used_in = models.CharField(
        max_length=200,
        blank=True,
        help_text="Who used it: “RFC 2068, RFC 2616 §6.1.1”, “nginx up to 1.11”, “common lists”.",
    )
    position = models.PositiveSmallIntegerField(default=1, help_text="1 is the newest, then upwards into the past.")

    class Meta:
        ordering = ["code", "position", "phrase"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "phrase"],
                name="former_phrase_once",
                violation_error_message="This meaning has this former phrase already.",
            )
        ]

    def __str__(self) -> str:
        return self.phrase


class Keyword(PartOfCode):
    """What people type into a search field when they mean this code."""

    identity = ("words",)

    code = models.ForeignKey(StatusCode, on_delete=models.CASCADE, related_name="keywords")
    words = models.CharField(max_length=100, help_text="As people type it, in lower case: “file too big”.")
    position = models.PositiveSmallIntegerField(default=1, help_text="1 is the most likely.")

    class Meta:
        ordering = ["code", "position", "words"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "words"],
                name="keyword_once",
                violation_error_message="This meaning has these search words already.",
            )
        ]

    def __str__(self) -> str:
        return self.words
