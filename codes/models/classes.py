from django.db import models
from django.urls import reverse

from codes import querysets
from codes.models.fields import MarkdownField


class StatusClass(models.Model):
    """One of the five classes, named by the first digit of its numbers (RFC 9110 section 15)."""

    digit = models.PositiveSmallIntegerField(
        primary_key=True, help_text="The first digit of the numbers in this class: 1 to 5."
    )
    name = models.CharField(
        max_length=50,
        unique=True,
        help_text="The name in RFC 9110, for example “Client Error”.",
    )
    description = MarkdownField(
        blank=False,
        help_text="Markdown. What the class means, citing the section, and how a client treats a number it does not "
        "recognise.",
    )

    objects = querysets.StatusClassQuerySet.as_manager()

    class Meta:
        ordering = ["digit"]
        verbose_name = "class"
        verbose_name_plural = "classes"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(digit__range=(1, 5)),
                name="class_digit_1_to_5",
                violation_error_message="The digit of a class is 1 to 5.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("class", args=[self.digit])

    def natural_key(self) -> tuple[int]:
        return (self.digit,)

    @property
    def label(self) -> str:
        """The usual notation: `4xx`."""
        return f"{self.digit}xx"

    @property
    def numbers(self) -> range:
        """All numbers that start with the digit, in use or not."""
        return range(self.first_number, self.first_number + 100)

    @property
    def first_number(self) -> int:
        """The x00 code, as which a client treats any number of the class that it does not recognise."""
        return self.digit * 100
