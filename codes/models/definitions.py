from django.db import models
from django.db.models import Q

from codes.models.codes import PartOfCode, StatusCode
from codes.models.rfcs import Citation, required_citation


class Definition(PartOfCode, Citation):
    """A section of an RFC, or of an Internet-Draft, that gives a status code its meaning.

    A section that only mentions the code is not a definition.
    """

    key_fields = ("rfc_id", "draft")

    code = models.ForeignKey(StatusCode, on_delete=models.CASCADE, related_name="definitions")
    phrase = models.CharField(
        "phrase used",
        max_length=100,
        blank=True,
        help_text="The phrase in the section’s heading. Unless it is the current phrase, add it as a former one too.",
    )
    current = models.BooleanField(default=False, help_text="The definition in force, which the registry refers to.")

    class Meta:
        ordering = ["code", models.F("rfc").asc(nulls_last=True), "draft"]
        constraints = [
            required_citation("definition_by_rfc_or_draft"),
            models.UniqueConstraint(
                fields=["code", "rfc"],
                condition=Q(rfc__isnull=False),
                name="one_definition_per_rfc",
                violation_error_message="This meaning already has a definition from this RFC.",
            ),
            models.UniqueConstraint(
                fields=["code", "draft"],
                condition=~Q(draft=""),
                name="one_definition_per_draft",
                violation_error_message="This meaning already has a definition from this Internet-Draft.",
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(current=True),
                name="one_current_definition",
                violation_error_message="Another definition is the current one: clear “current” there first.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} §{self.section}"
