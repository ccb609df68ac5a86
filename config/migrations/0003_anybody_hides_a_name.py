from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

EVERYBODY = ["Writers", "Translators", "Reviewers", "Editors", "Moderators"]


def grant(apps, schema_editor):
    # Permissions are otherwise made after the last migration: the roles need this one now.
    alias = schema_editor.connection.alias
    create_permissions(installed.get_app_config("appeals"), verbosity=0, using=alias)
    hides = apps.get_model("auth", "Permission").objects.get(
        content_type__app_label="appeals", codename="hide_signatory"
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=EVERYBODY):
        group.permissions.add(hides)


class Migration(migrations.Migration):
    dependencies = [
        ("config", "0002_who_opens_originals"),
        ("appeals", "0005_anybody_hides_a_name"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
