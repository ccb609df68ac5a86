from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    name = "config"
    verbose_name = _("Site")

    def ready(self) -> None:
        from config.pages import previews as previews  # registers the page
        from config.pages import waiting
        from config.search import indexing
        from editorial.signals import decided, published

        waiting.register()
        published.connect(indexing.follow_published, dispatch_uid="config.search.published")
        decided.connect(indexing.follow_decided, dispatch_uid="config.search.decided")


#: The site's own pages at the desk: people and roles, who gets letters, pages for readers.
DESK = ("config.staff", "config.letters.admin", "config.pages.admin")


class DeskAdminConfig(AdminConfig):
    default_site = "config.admin.DeskSite"

    def ready(self) -> None:
        super().ready()
        for room in DESK:
            import_module(room)
