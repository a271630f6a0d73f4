from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CodesConfig(AppConfig):
    name = "codes"
    verbose_name = "Reference"

    def ready(self) -> None:
        # Models can be imported from here on only.
        from codes.content.state import install_triggers

        post_migrate.connect(install_triggers, sender=self)
