from django.db import models

from codes import querysets
from codes.models.codes import PartOfCode, StatusCode
from codes.models.fields import AddressField


class Library(models.Model):
    """The names that a language or library gives status codes, read from one version of it."""

    name = models.CharField(
        max_length=100, unique=True, help_text="The module or type by its usual name: “http.HTTPStatus”, “net/http”."
    )
    language = models.CharField(max_length=50, help_text="“Python”, “Go”; for a server “nginx”.")
    version = models.CharField(max_length=50, help_text="The version the names were read from.")
    url = AddressField("address", max_length=500, help_text="The file or page the names were read from.")

    objects = querysets.LibraryQuerySet.as_manager()

    class Meta:
        ordering = ["language", "name"]
        verbose_name_plural = "libraries"

    def __str__(self) -> str:
        return f"{self.language} {self.name}"

    def natural_key(self) -> tuple[str]:
        return (self.name,)


class Constant(PartOfCode):
    """A library's identifier for a status code."""

    key_fields = ("library__name", "name")

    code = models.ForeignKey(StatusCode, on_delete=models.CASCADE, related_name="constants")
    library = models.ForeignKey(
        Library,
        on_delete=models.PROTECT,
        related_name="constants",
        help_text="The library that defines the identifier.",
    )
    name = models.CharField(
        "identifier",
        max_length=100,
        help_text="Exactly as the library spells it, without the library’s name.",
    )
    since = models.CharField(
        max_length=30,
        blank=True,
        help_text="The version that added or renamed it, if that matters and was verified.",
    )
    until = models.CharField(max_length=30, blank=True, help_text="The version that removed it.")

    class Meta:
        ordering = ["code", "library__language", "library__name", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "library", "name"],
                name="constant_once",
                violation_error_message="This meaning already has this identifier.",
            )
        ]

    def __str__(self) -> str:
        return self.name
