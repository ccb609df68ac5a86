"""What every test can count on."""

import os
import socket
from collections.abc import Generator, Iterator
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache

from tests import postgres

pytest_plugins = ["tests.browser", "tests.seals"]

hypothesis.settings.register_profile("broadside", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("broadside")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgres", action="store_true", help="run on a throw-away PostgreSQL")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("postgres") != bool(postgres.url()):
        raise pytest.UsageError("--postgres must stand on the command line or in PYTEST_ADDOPTS")


def pytest_report_header(config: pytest.Config) -> str:
    return f"database: {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, and do not skip, what the other database is asked."""
    other = "sqlite_only" if config.getoption("postgres") else "postgres_only"
    left_out = [item for item in items if item.get_closest_marker(other)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def nothing_may_be_skipped() -> bool:
    return bool(os.environ.get("CI") or os.environ.get("BROADSIDE_NOTHING_SKIPPED"))


def fail_if_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip into a failure where all that tests need is there to be installed."""
    if report.skipped and not hasattr(report, "wasxfail") and nothing_may_be_skipped():
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"Nothing may be skipped here, and this was: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    fail_if_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    fail_if_skipped(report)
    return report


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Give each test an empty cache."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """Refuse connections to any machine but this one, and fail the test that tried."""
    connect = socket.socket.connect
    tried: list[Any] = []

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            tried.append(address)
            raise ConnectionRefusedError(f"a test may not reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_here)
    yield tried
    assert tried == []
