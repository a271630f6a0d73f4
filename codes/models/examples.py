from django.db import models

from codes.models.codes import PartOfCode, StatusCode
from codes.models.fields import LinesField


class Example(PartOfCode):
    """A request and its response in the message format of HTTP/1.1 (RFC 9112)."""

    key_fields = ("position",)

    code = models.ForeignKey(StatusCode, on_delete=models.CASCADE, related_name="examples")
    position = models.PositiveSmallIntegerField(default=1, help_text="1 is shown first.")
    request = LinesField(
        max_length=4000,
        help_text="Request line, header fields, an empty line, then any content. Line endings are CRLF on the wire.",
    )
    response = LinesField(max_length=4000, help_text="Status line, header fields, an empty line, then any content.")

    class Meta:
        ordering = ["code", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "position"],
                name="example_position_once",
                violation_error_message="This meaning already has an example at this position.",
            )
        ]

    def __str__(self) -> str:
        return self.request.partition("\n")[0]
