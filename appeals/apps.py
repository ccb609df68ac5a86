from django.apps import AppConfig
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _


class AppealsConfig(AppConfig):
    name = "appeals"
    verbose_name = _("Appeals")

    def ready(self) -> None:
        from appeals import previews as previews  # registers the pages
        from appeals import waiting
        from appeals.checks.dismissing import remember_checks
        from appeals.evidence import shelf
        from appeals.models import PageImage, SourceDocument, Translation
        from appeals.wording.remembering import follow
        from editorial.signals import decided, published

        post_delete.connect(shelf.forget_page, PageImage)
        post_delete.connect(shelf.forget_original, SourceDocument)
        decided.connect(remember_checks, Translation, dispatch_uid="appeals.checks")
        published.connect(follow, dispatch_uid="appeals.memory")
        waiting.register()
