from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes
from django.db import migrations

READING = ["view_masthead", "view_navigationentry"]
MAY = {
    "Editors": [
        *("add_masthead", "change_masthead", "review_masthead", "publish_masthead"),
        *("add_navigationentry", "change_navigationentry", "delete_navigationentry"),
        *READING,
    ],
    "Reviewers": ["review_masthead", *READING],
    "Writers": READING,
    "Translators": READING,
}


def grant(apps, schema_editor):
    # Permissions are otherwise made after the last migration: the roles need these now.
    alias = schema_editor.connection.alias
    site = installed.get_app_config("config")
    create_contenttypes(site, verbosity=0, using=alias)
    create_permissions(site, verbosity=0, using=alias)
    found = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="config")
    for group in apps.get_model("auth", "Group").objects.filter(name__in=MAY):
        group.permissions.add(*found.filter(codename__in=MAY[group.name]))


class Migration(migrations.Migration):
    dependencies = [("config", "0016_the_masthead")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
