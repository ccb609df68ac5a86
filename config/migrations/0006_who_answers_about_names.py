from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

ANSWERING = ["Writers", "Reviewers"]


def grant(apps, schema_editor):
    # Permissions are otherwise made after the last migration: the roles need this one now.
    alias = schema_editor.connection.alias
    create_permissions(installed.get_app_config("appeals"), verbosity=0, using=alias)
    adds = apps.get_model("auth", "Permission").objects.get(
        content_type__app_label="appeals", codename="add_namevariant"
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ANSWERING):
        group.permissions.add(adds)


class Migration(migrations.Migration):
    dependencies = [
        ("config", "0005_the_index"),
        ("appeals", "0009_names_are_asked_about"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
