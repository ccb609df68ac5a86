from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _

#: What registers the pages of previews.
PREVIEWS = ("config.masthead.previews", "config.pages.previews")


class SiteConfig(AppConfig):
    name = "config"
    verbose_name = _("Site")

    def ready(self) -> None:
        from config import waiting
        from config.masthead import showing
        from config.search import indexing
        from editorial.naming import called
        from editorial.signals import decided, published

        import_module("config.collected")  # registers its check
        for room in PREVIEWS:
            import_module(room)
        waiting.register()
        called(showing.name)
        published.connect(indexing.follow_published, dispatch_uid="config.search.published")
        decided.connect(indexing.follow_decided, dispatch_uid="config.search.decided")


#: What the site has at the desk: people, who gets letters, its masthead and its pages.
DESK = (
    "config.staff",
    "config.letters.admin",
    "config.masthead.admin",
    "config.pages.admin",
)


class DeskAdminConfig(AdminConfig):
    default_site = "config.admin.DeskSite"

    def ready(self) -> None:
        super().ready()
        for room in DESK:
            import_module(room)
