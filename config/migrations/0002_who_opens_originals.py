from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations


def grant(apps, schema_editor):
    # Permissions are otherwise made after the last migration: the roles need this one now.
    alias = schema_editor.connection.alias
    create_permissions(installed.get_app_config("appeals"), verbosity=0, using=alias)
    opens = apps.get_model("auth", "Permission").objects.get(
        content_type__app_label="appeals", codename="open_original"
    )
    for group in apps.get_model("auth", "Group").objects.filter(
        name__in=["Translators", "Reviewers", "Editors"]
    ):
        group.permissions.add(opens)


class Migration(migrations.Migration):
    dependencies = [
        ("config", "0001_roles"),
        ("appeals", "0004_documents_have_pages"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
