from django.db import models

from codes.models.codes import PartOfCode, StatusCode
from codes.models.fields import AddressField


class Source(PartOfCode):
    """Evidence for a meaning, besides the documents that define it."""

    key_fields = ("url",)

    code = models.ForeignKey(StatusCode, on_delete=models.CASCADE, related_name="sources")
    title = models.CharField(max_length=300, help_text="The title of the page or file.")
    url = AddressField(
        "address",
        max_length=500,
        help_text="Preferably the vendor’s own documentation or source code, at a fixed version if possible.",
    )
    supports = models.CharField(
        max_length=500, blank=True, help_text="What it supports in our text: “Name and cause of the error”."
    )
    checked_on = models.DateField(null=True, blank=True, help_text="The date on which it was last read and confirmed.")

    class Meta:
        ordering = ["code", "title", "url"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "url"],
                name="source_once",
                violation_error_message="This meaning already cites this address.",
            )
        ]

    def __str__(self) -> str:
        return self.title
