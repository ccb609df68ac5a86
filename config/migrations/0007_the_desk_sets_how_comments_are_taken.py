from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.contrib.contenttypes.management import create_contenttypes
from django.db import migrations


def grant(apps, schema_editor):
    # Permissions are otherwise made after the last migration: the roles need these now.
    alias = schema_editor.connection.alias
    blog = installed.get_app_config("blog")
    create_contenttypes(blog, verbosity=0, using=alias)
    create_permissions(blog, verbosity=0, using=alias)
    names = [f"{verb}_commentpolicy" for verb in ("add", "change", "view")]
    work = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="blog", codename__in=names
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=["Editors", "Moderators"]):
        group.permissions.add(*work)


class Migration(migrations.Migration):
    dependencies = [
        ("config", "0006_who_answers_about_names"),
        ("blog", "0017_posts_say_how_comments_are_taken"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
