from django.db import models

from codes.models.codes import PartOfCode, StatusCode
from codes.models.fields import AddressField


class Source(PartOfCode):
    """Something to read that supports a meaning, beyond the documents that define it."""

    key_fields = ("url",)

    code = models.ForeignKey(StatusCode, on_delete=models.CASCADE, related_name="sources")
    title = models.CharField(max_length=300, help_text="The page’s or file’s own title.")
    url = AddressField(
        "address",
        max_length=500,
        help_text="The vendor’s own documentation or source code where there is one, at a fixed version if possible.",
    )
    supports = models.CharField(
        max_length=500, blank=True, help_text="What in our text rests on it: “Name and cause of the error”."
    )
    checked_on = models.DateField(
        null=True, blank=True, help_text="The day on which somebody last read it and found it to say so."
    )

    class Meta:
        ordering = ["code", "title", "url"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "url"],
                name="source_once",
                violation_error_message="This meaning cites this address already.",
            )
        ]

    def __str__(self) -> str:
        return self.title
