from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

KEEPING = ["Translators", "Editors"]
LOOKING = ["Writers", "Reviewers"]


def grant(apps, schema_editor):
    # Permissions are otherwise made after the last migration: the roles need these now.
    alias = schema_editor.connection.alias
    create_permissions(installed.get_app_config("appeals"), verbosity=0, using=alias)
    found = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="appeals", content_type__model="glossaryterm"
    )
    Group = apps.get_model("auth", "Group")
    for group in Group.objects.filter(name__in=[*KEEPING, *LOOKING]):
        theirs = found if group.name in KEEPING else found.filter(codename__startswith="view")
        group.permissions.add(*theirs)


class Migration(migrations.Migration):
    dependencies = [
        ("config", "0008_letters_by_mail"),
        ("appeals", "0011_glossary"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
