from django.db import models


class ContentState(models.Model):
    """The version of the content: a single row whose token changes with every change of content.

    Database triggers write it (`codes.content.state`), in the transaction that makes the change.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    token = models.CharField(max_length=32, editable=False)

    def __str__(self) -> str:
        return self.token
