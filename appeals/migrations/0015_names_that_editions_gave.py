import json
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

MARK = "█████"


def write_down(apps: Any, schema_editor: Any) -> None:
    """Write down which names the editions give that were sealed before there were such rows."""
    rows = apps.get_model("appeals", "AppealEditionName")
    editions = apps.get_model("appeals", "AppealEdition").objects.values_list("pk", "content")
    for pk, content in editions.iterator(chunk_size=50):
        given = dict.fromkeys(
            (name, (signatory["person"] or {}).get("slug", ""))
            for signatory in json.loads(content).get("signatories", [])
            if signatory["name_status"] == "public"
            for name in sorted(names_of(signatory))
            if MARK not in name
        )
        rows.objects.bulk_create(
            rows(edition_id=pk, position=position, name=name, slug=slug)
            for position, (name, slug) in enumerate(given)
        )


def names_of(signatory: dict[str, Any]) -> set[str]:
    person = (signatory["person"] or {}).get("name", "")
    return {signatory["name"], signatory["printed_as"], person} - {""}


class Migration(migrations.Migration):
    dependencies = [
        ("appeals", "0014_what_is_live_by_the_day"),
    ]

    operations = [
        migrations.CreateModel(
            name="AppealEditionName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=300)),
                ("slug", models.CharField(max_length=120)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="given",
                        to="appeals.appealedition",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="appealeditionname",
            index=models.Index(fields=["edition", "name"], name="appeals_app_edition_ac0db7_idx"),
        ),
        migrations.RunPython(write_down, migrations.RunPython.noop),
    ]
