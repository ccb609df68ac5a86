from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("config", "0009_who_keeps_the_glossary"),
    ]

    operations = [
        migrations.AlterField(
            model_name="spelling",
            name="letters",
            field=models.CharField(max_length=8),
        ),
    ]
