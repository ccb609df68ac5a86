from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    name = "config"
    verbose_name = _("Site")

    def ready(self) -> None:
        from config.search import indexing
        from editorial.signals import decided, published

        published.connect(indexing.follow_published, dispatch_uid="config.search.published")
        decided.connect(indexing.follow_decided, dispatch_uid="config.search.decided")


class DeskAdminConfig(AdminConfig):
    default_site = "config.admin.DeskSite"

    def ready(self) -> None:
        super().ready()
        from config import staff as staff  # puts Django's page of users in the desk's dress
        from config.letters import admin as admin  # who gets letters
