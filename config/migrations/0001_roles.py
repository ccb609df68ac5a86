from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes
from django.db import migrations

from config.roles import make_roles


def make(apps, schema_editor):
    # Permissions are otherwise made after the last migration: the roles need them now.
    for label in ("editorial", "appeals", "blog", "config"):
        app_config = installed.get_app_config(label)
        create_contenttypes(app_config, verbosity=0, using=schema_editor.connection.alias)
        create_permissions(app_config, verbosity=0, using=schema_editor.connection.alias)
    make_roles()


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("editorial", "0001_initial"),
        ("appeals", "0001_initial"),
        ("blog", "0001_initial"),
    ]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
