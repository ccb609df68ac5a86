from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes
from django.db import migrations


def grant(apps, schema_editor):
    # Permissions are otherwise made after the last migration: the role needs these now.
    alias = schema_editor.connection.alias
    blog = installed.get_app_config("blog")
    create_contenttypes(blog, verbosity=0, using=alias)
    create_permissions(blog, verbosity=0, using=alias)
    work = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="blog", codename__in=["add_rule", "change_rule", "view_rule"]
    )
    for group in apps.get_model("auth", "Group").objects.filter(name="Moderators"):
        group.permissions.add(*work)


class Migration(migrations.Migration):
    dependencies = [
        ("config", "0003_anybody_hides_a_name"),
        ("blog", "0010_rules_of_the_newsroom"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
