from django.db import models

from codes import querysets
from codes.models.fields import AddressField


class Registry(models.Model):
    """The IANA HTTP Status Code Registry as this site last saw it (RFC 9110 section 16.2.1)."""

    name = models.CharField(max_length=100, unique=True, help_text="The registry's own title.")
    url = AddressField("address", help_text="Where the registry is published.")
    updated_on = models.DateField(help_text="The date that the registry gives as “Last Updated”.")
    checked_on = models.DateField(
        help_text="The day on which the content here was last compared with the registry. The pages of numbers show it."
    )

    objects = querysets.RegistryQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "registry"

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.name,)
