from django.db import models

from codes import querysets
from codes.models.fields import AddressField


class Registry(models.Model):
    """The IANA HTTP Status Code Registry as of the last check (RFC 9110 section 16.2.1)."""

    name = models.CharField(max_length=100, unique=True, help_text="The registry’s title.")
    url = AddressField("address", help_text="Where the registry is published.")
    updated_on = models.DateField(help_text="The registry’s “Last Updated” date.")
    checked_on = models.DateField(
        help_text="The date on which the content was last compared with the registry. Shown on the pages of numbers."
    )

    objects = querysets.RegistryQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "registry"

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.name,)
