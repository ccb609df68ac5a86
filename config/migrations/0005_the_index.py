import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("appeals", "0005_anybody_hides_a_name"),
        ("blog", "0006_comments_are_guarded"),
        ("config", "0004_moderators_make_rules"),
    ]

    operations = [
        migrations.CreateModel(
            name="Indexed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("post", "Post"),
                            ("appeal", "Appeal"),
                            ("translation", "Translation"),
                        ],
                        max_length=11,
                    ),
                ),
                ("appeal_item", models.PositiveBigIntegerField(null=True)),
                ("key", models.CharField(max_length=16)),
                ("language", models.CharField(max_length=20)),
                ("script", models.CharField(max_length=4)),
                ("place", models.CharField(max_length=300)),
                ("year", models.PositiveSmallIntegerField()),
                ("published_at", models.DateTimeField()),
                ("live_from", models.DateTimeField()),
                ("live_until", models.DateTimeField(null=True)),
                (
                    "appeal",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="indexed",
                        to="appeals.appealedition",
                    ),
                ),
                (
                    "post",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="indexed",
                        to="blog.postedition",
                    ),
                ),
                (
                    "translation",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="indexed",
                        to="appeals.translationedition",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IndexedWords",
            fields=[
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="config.indexed",
                    ),
                ),
                ("text", models.TextField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=60)),
                ("weight", models.PositiveSmallIntegerField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="postings",
                        to="config.indexed",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Spelling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("letters", models.CharField(max_length=3)),
                ("word", models.CharField(max_length=60)),
            ],
            options={
                "indexes": [models.Index(fields=["word"], name="config_spel_word_8c4f6c_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("letters", "word"), name="spelling_letters_once"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="indexed",
            index=models.Index(
                fields=["appeal_item", "kind"], name="config_inde_appeal__6a2b28_idx"
            ),
        ),
        migrations.AddConstraint(
            model_name="indexed",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("appeal", None),
                        ("kind", "post"),
                        ("post__isnull", False),
                        ("translation", None),
                    ),
                    models.Q(
                        ("appeal__isnull", False),
                        ("kind", "appeal"),
                        ("post", None),
                        ("translation", None),
                    ),
                    models.Q(
                        ("appeal", None),
                        ("kind", "translation"),
                        ("post", None),
                        ("translation__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="indexed_is_one_edition",
            ),
        ),
        migrations.AddIndex(
            model_name="posting",
            index=models.Index(
                fields=["word", "edition", "weight"], name="config_post_word_7e7468_idx"
            ),
        ),
    ]
