from django.db import migrations


def withhold(apps, schema_editor):
    """Drafts are not for those who moderate; of a public post they see what readers see."""
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    for group in groups.filter(name="Moderators"):
        look = group.permissions.filter(content_type__app_label="blog", codename="view_post")
        group.permissions.remove(*look)


class Migration(migrations.Migration):
    dependencies = [("config", "0017_who_sets_the_masthead")]
    operations = [migrations.RunPython(withhold, migrations.RunPython.noop)]
