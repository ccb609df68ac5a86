from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes
from django.db import migrations

MAY = {
    "Editors": ("add", "change", "delete", "view", "review", "publish"),
    "Reviewers": ("view", "review"),
    "Writers": ("view",),
    "Translators": ("view",),
}


def grant(apps, schema_editor):
    # Permissions are otherwise made after the last migration: the roles need these now.
    alias = schema_editor.connection.alias
    site = installed.get_app_config("config")
    create_contenttypes(site, verbosity=0, using=alias)
    create_permissions(site, verbosity=0, using=alias)
    found = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="config", content_type__model="page"
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=MAY):
        names = [f"{verb}_page" for verb in MAY[group.name]]
        group.permissions.add(*found.filter(codename__in=names))


class Migration(migrations.Migration):
    dependencies = [("config", "0012_pages_of_the_site")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
