"""A throw-away PostgreSQL for `pytest --postgres`: Debian's binaries, a folder, a socket."""

import atexit
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
FOUND_AT = "BROADSIDE_TEST_DATABASE_URL"
"""Where the process that started the server tells its workers where it is."""

# The shell lives as long as its standard input is open. However pytest ends, killed or not,
# the pipe closes with it, and the server and its folder go.
KEEPER = """
"$1/pg_ctl" -D "$2/data" -w -t 60 -l "$2/log" -o "$3" start >/dev/null && echo ready
read -r _
"$1/pg_ctl" -D "$2/data" -w -m immediate stop >/dev/null 2>&1
cd / && rm -rf "$2"
"""

OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


def wanted() -> bool:
    """Tell whether pytest's command line asks for PostgreSQL.

    Settings are read before pytest has parsed its options, so this looks at the words themselves;
    conftest checks afterwards that the two agree.
    """
    return "--postgres" in [*sys.argv, *os.environ.get("PYTEST_ADDOPTS", "").split()]


def url() -> str | None:
    """Return the address of the database to test on, or None for SQLite.

    A worker uses what its parent started. `DATABASE_URL`, when it names a PostgreSQL, is used
    instead of a server of our own.
    """
    if FOUND_AT not in os.environ and wanted():
        given = os.environ.get("DATABASE_URL", "")
        is_postgres = given.startswith(("postgres://", "postgresql://"))
        os.environ[FOUND_AT] = given if is_postgres else start()
    return os.environ.get(FOUND_AT)


def start() -> str:
    """Start a server that ends with this process and return its address."""
    binaries = find_binaries()
    user = server_user()
    folder = make_folder(user)
    try:
        run_initdb(binaries, folder, user)
    except subprocess.CalledProcessError as error:
        shutil.rmtree(folder)
        sys.exit(f"--postgres: initdb failed: {error.stderr.strip()}")
    options = " ".join(f"-c {name}={value}" for name, value in OPTIONS.items())
    keeper = subprocess.Popen(
        ["/bin/sh", "-c", KEEPER, "sh", binaries, folder, f"{options} -k {folder}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        user=user,
        cwd=folder,
        start_new_session=True,  # Ctrl-C is pytest's to handle
    )
    assert keeper.stdin
    assert keeper.stdout
    if keeper.stdout.readline() != "ready\n":
        log = (folder / "log").read_text() if (folder / "log").exists() else "no log"
        keeper.communicate()
        sys.exit(f"--postgres: the server did not start: {log.strip()}")
    atexit.register(keeper.communicate)  # closes its input and waits
    return f"postgres://broadside@{str(folder).replace('/', '%2F')}/postgres"


def find_binaries() -> Path:
    """Return the folder of the newest PostgreSQL of Debian, or of the one on PATH."""
    if debian := [initdb.parent for initdb in DEBIAN.glob("*/bin/initdb")]:
        return max(debian, key=lambda folder: int(folder.parent.name))
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    sys.exit(f"--postgres: no initdb under {DEBIAN} or on PATH; install postgresql")


def server_user() -> str | None:
    """Return the account to run the server under: PostgreSQL refuses to be run by root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        sys.exit("--postgres: as root this needs the system user postgres; install postgresql")


def make_folder(user: str | None) -> Path:
    """Make a folder that `user` reaches, short enough for a socket's address (107 bytes)."""
    for parent in (tempfile.gettempdir(), "/tmp", "/var/tmp"):
        folder = Path(tempfile.mkdtemp(prefix="broadside-", dir=parent))
        if user:
            shutil.chown(folder, user, pwd.getpwnam(user).pw_gid)
        reached = subprocess.run(["test", "-w", folder], user=user, cwd="/").returncode == 0
        if reached and " " not in str(folder) and len(os.fsencode(folder)) < 80:
            return folder
        folder.rmdir()
    sys.exit("--postgres: found no temporary folder where the server may write")


def run_initdb(binaries: Path, folder: Path, user: str | None) -> None:
    """Make an empty cluster whose only superuser is broadside, with Unicode's letter cases."""
    subprocess.run(
        [
            *(binaries / "initdb", "-D", folder / "data", "-U", "broadside", "-A", "trust"),
            *("-E", "UTF8", "--locale=C.UTF-8", "--no-sync"),
        ],
        check=True,
        capture_output=True,
        text=True,
        user=user,
        cwd=folder,
    )
