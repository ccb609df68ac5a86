from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    name = "config"
    verbose_name = _("Site")


class DeskAdminConfig(AdminConfig):
    default_site = "config.admin.DeskSite"

    def ready(self) -> None:
        super().ready()
        from config import staff as staff  # puts Django's page of users in the desk's dress
