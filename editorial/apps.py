from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "editorial"
    verbose_name = _("Editorial")

    def ready(self) -> None:
        from editorial import casefolding, mailing, triggers
        from editorial.signals import decided

        # SQLite drops a table's triggers whenever a migration remakes the table, so they are
        # taken off and put back around all migrations rather than by one.
        pre_migrate.connect(
            triggers.remove_before_migrate, sender=self, dispatch_uid="editorial.triggers"
        )
        post_migrate.connect(triggers.install_after_migrate, dispatch_uid="editorial.triggers")
        decided.connect(mailing.write_notices, dispatch_uid="editorial.mailing")
        connection_created.connect(casefolding.install, dispatch_uid="editorial.casefolding")
