"""What every test may ask for: a real Chromium with the network cut, and someone who listens.

`page` and `context` come from pytest-playwright; here it is shown which Chromium to start. The
browser cannot leave this machine: everything but loopback goes to a proxy that is not there.
`journal` writes down what the pages of a test complained of and asked for; `axe_faults` looks at
a page with axe's own copy of its rules.
"""

from __future__ import annotations

import os
import shutil
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# Compiles grammars for a second when nbformat loads jsonschema; no test needs them.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

# No test asserts what the clock says: machines are shared. Speed is measured by `benchmarks/`.
UNHURRIED = [HealthCheck.too_slow, HealthCheck.filter_too_much]
# In CI each property draws the same examples every time, so that a verdict on a commit is not a
# matter of luck; by hand every run draws others.
settings.register_profile(
    "whole", deadline=None, suppress_health_check=UNHURRIED, derandomize="CI" in os.environ
)
settings.register_profile("hand", settings.get_profile("whole"), max_examples=20)
settings.load_profile("whole")

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/snap/bin/chromium",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
DEAD_PROXY = "http://127.0.0.1:9"  # the discard port: nobody listens


def find_chromium() -> str | None:
    """The Chromium to test in: WORKBOOK_CHROMIUM, else one at a usual place."""
    chosen = os.environ.get("WORKBOOK_CHROMIUM")
    found = [chosen] if chosen else [*map(shutil.which, NAMES), *PLACES]
    return next((path for path in found if path and Path(path).is_file()), None)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Whatever asks for a Chromium is a browser test; whatever makes reports starts kernels."""
    asked = getattr(item, "fixturenames", ())
    if "chromium" in asked:
        item.add_marker("browser")
    if "make" in asked:
        item.add_marker("slow")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests first, a quick one after each: both workers are busy to the end."""
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    slow, quick = [], []
    for tests in files.values():
        marked = any(
            {"slow", "browser"} & {mark.name for mark in test.iter_markers()} for test in tests
        )
        (slow if marked else quick).append(tests)
    order = chain.from_iterable(zip_longest(slow, quick, fillvalue=[]))
    items[:] = chain.from_iterable(order)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Without a Chromium a browser test fails in CI; elsewhere all are skipped, in one line."""
    if "chromium" in getattr(item, "fixturenames", ()) and find_chromium() is None:
        missing = "no Chromium here; install it or set WORKBOOK_CHROMIUM to its path"
        if os.environ.get("CI"):
            pytest.fail(missing, pytrace=False)
        pytest.skip(missing)


@pytest.fixture
def peak_bytes() -> Iterator[Callable[[], int]]:
    """The most memory that the test has taken so far; tracing ends with it, passed or not."""
    tracemalloc.start()
    yield lambda: tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the Chromium to test in; a test that asks for it runs only where there is one."""
    path = find_chromium()
    assert path is not None
    return path


@pytest.fixture(scope="session")
def base_url() -> str:
    """No page here is relative to a site (and pytest-base-url's own fixture is deprecated)."""
    return ""


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], chromium: str
) -> dict[str, Any]:
    """pytest-playwright's arguments, with our Chromium and no way out to the network."""
    args = [f"--proxy-server={DEAD_PROXY}", "--disable-background-networking"]
    if getattr(os, "geteuid", lambda: 1)() == 0:
        args.append("--no-sandbox")  # Chromium refuses its sandbox to root
    return {**browser_type_launch_args, "executable_path": chromium, "args": args}


@dataclass
class Journal:
    """What the pages of one test complained of, and every address they asked for."""

    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    @property
    def loads(self) -> list[str]:
        """Requests that would have needed a network, a server on this machine included."""
        return [url for url in self.requests if not url.startswith(("file:", "data:", "blob:"))]


@pytest.fixture
def journal(context: Any) -> Journal:
    """The journal of this test's pages. Ask for it before the page is opened."""
    journal = Journal()

    def hear(message: Any) -> None:
        if message.type in ("error", "warning"):
            journal.complaints.append(f"{message.type}: {message.text}")

    context.on("console", hear)
    context.on("weberror", lambda error: journal.complaints.append(f"thrown: {error.error}"))
    context.on("request", lambda request: journal.requests.append(request.url))
    return journal


@pytest.fixture
def axe_faults() -> Callable[[Any], list[str]]:
    """Ask axe what is wrong with a page: one line a fault, with the places it was found at."""
    from axe_playwright_python.sync_playwright import Axe

    def look(page: Any) -> list[str]:
        found = Axe().run(page).response["violations"]
        return [
            f"{fault['id']} ({fault['impact']}): {fault['help']}; at "
            + ", ".join(str(node["target"]) for node in fault["nodes"][:5])
            for fault in found
        ]

    return look
