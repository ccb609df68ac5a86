from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("config", "0018_moderators_see_what_is_public"),
    ]

    operations = [
        migrations.AddField(
            model_name="indexedwords",
            name="stems",
            field=models.TextField(default=""),
        ),
    ]
