"""Plans for the report tests, and the lozenge's report made once for all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbook.reports.batch import report
from workbook.reports.command import gather
from workbook.reports.task import Settings

BAKERY = """\
plan: 1
id: {id}
title: {title}
goal: shop
horizon_weeks: 40
cash: 20000
burn_per_week: 500
milestones:
  - {{id: demand, weeks: 2, cost: 500, pass_rate: 0.6, attempts: 5}}
  - {{id: shop, needs: [demand], weeks: 3, cost: 3000, pass_rate: 0.5}}
"""


@pytest.fixture(scope="session")
def recipe():
    """The text of a small plan that is played exactly, with gaps for its id and title."""
    return BAKERY


@pytest.fixture
def bakery(tmp_path):
    """Write a small plan that is played exactly: `bakery("corner", "My corner")` gives its path."""

    def write(id: str = "bakery", title: str = "The bakery", name: str | None = None) -> Path:
        path = tmp_path / (name or f"{id}.yaml")
        path.write_text(BAKERY.format(id=id, title=title), encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def make():
    """Make reports without the command line, and give the batch."""

    def make(out, *sources, **options):
        settings = options.pop("settings", Settings())
        tasks, errors = gather([str(source) for source in sources], settings)
        return report(tasks, errors, Path(out), settings, **options)

    return make
