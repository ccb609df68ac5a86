"""Show a whole newsroom on this machine."""

import os
import shlex
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import demonstrating
from config.serving import is_free, serve

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = (
        "Load the demonstration into an empty database, print its accounts with new passwords, "
        "and serve it on this machine. A database that holds anything else is left alone."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-server", action="store_true", help="load it, and stop there")

    def handle(self, *, port: int, no_server: bool, **options: Any) -> None:
        if not no_server and not is_free(HOST, port):
            raise CommandError(f"Port {port} is taken: choose another with --port.")
        if "SITE_URL" not in os.environ:
            settings.SITE_URL = f"http://{HOST}:{port}"
        try:
            there = demonstrating.is_there()
        except demonstrating.SomethingElse:
            raise CommandError(
                "This database holds something else, and the demonstration leaves it alone: "
                "point VAR_DIR or DATABASE_URL at an empty one."
            ) from None
        settings.STATIC_ROOT.mkdir(exist_ok=True)  # what serves the static files asks for it
        call_command("migrate", verbosity=0)
        if there:
            self.stdout.write("The demonstration is there already; its passwords are new.")
        else:
            self.stdout.write("Loading the demonstration …")
            demonstrating.load()
        self.print_accounts()
        self.print_addresses()
        if not no_server:
            self.stdout.write("\nServing. Ctrl-C ends it.")
            self.stdout.flush()
            serve(HOST, port)
            self.stdout.write("\nThe end.")

    def print_accounts(self) -> None:
        rows = [("sign in as", "address", "name", "role", "password")] + [
            (user.username, user.email, user.get_full_name(), demonstrating.role_of(user), password)
            for user, password in demonstrating.give_passwords()
        ]
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        self.stdout.write("")
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())

    def print_addresses(self) -> None:
        exports = {
            "VAR_DIR": shlex.quote(str(settings.VAR_DIR)),
            "ALLOWED_HOSTS": shlex.quote(",".join(settings.ALLOWED_HOSTS)),
            "SECRET_KEY": f'"$(cat {shlex.quote(str(settings.VAR_DIR / "demo-secret-key"))})"',
            "SITE_URL": shlex.quote(settings.SITE_URL),
        }
        missing = [
            f"{key}={value}"
            for key, value in exports.items()
            if key == "VAR_DIR" or key not in os.environ
        ]
        self.stdout.write(f"\nThe site  {settings.SITE_URL}/")
        self.stdout.write(f"The desk  {settings.SITE_URL}/admin/")
        self.stdout.write(f"For other commands on it:  export {' '.join(missing)}")
