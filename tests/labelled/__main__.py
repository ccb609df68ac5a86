"""``python -m tests.labelled``: the hit rates at 1 and at 10, on SQLite and on PostgreSQL."""

import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]


def ask() -> None:
    """Load the demonstration into the database of the environment, and ask it."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from tests.labelled.rating import rate, table

    call_command("migrate", verbosity=0)
    call_command("import_content", "demo", publish=True, stdout=io.StringIO())
    print(f"{connection.vendor}\n{table(list(rate()))}\n", flush=True)


def on_each() -> None:
    """Ask in a process of its own for each database."""
    from tests import postgres

    for url in ("", postgres.start()):
        with tempfile.TemporaryDirectory() as folder:
            own = {"VAR_DIR": folder, "SECRET_KEY": "x", "ALLOWED_HOSTS": "localhost"}
            own |= {"DATABASE_URL": url} if url else {}
            environment = os.environ | own | {"DJANGO_SETTINGS_MODULE": "config.settings"}
            if not url:
                environment.pop("DATABASE_URL", None)
            subprocess.run(
                [sys.executable, "-m", "tests.labelled", "ask"],
                cwd=HERE,
                env=environment,
                check=True,
            )


if __name__ == "__main__":
    ask() if sys.argv[1:] == ["ask"] else on_each()
