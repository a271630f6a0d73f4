from django.db import models


class ContentState(models.Model):
    """Which content the database holds: one row, whose token is another one after every change of content.

    Triggers write it (`codes.content.state`), in the transaction that makes the change.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    token = models.CharField(max_length=32, editable=False)

    def __str__(self) -> str:
        return self.token
