from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("appeals", "0015_names_that_editions_gave"),
    ]

    operations = [
        migrations.AddField(
            model_name="appeal",
            name="names_left",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
    ]
