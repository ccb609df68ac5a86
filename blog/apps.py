from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BlogConfig(AppConfig):
    name = "blog"
    verbose_name = _("Blog")

    def ready(self) -> None:
        from blog import previews as previews  # registers the pages
        from blog import waiting
        from blog.comments import proposing, second_looks
        from editorial.signals import decided

        waiting.register()
        second_looks.connect()
        decided.connect(proposing.pass_on, dispatch_uid="blog.proposing")
