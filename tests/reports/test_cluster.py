"""The same batch on a cluster of real worker processes; one of them is killed in the middle."""

from __future__ import annotations

import os
import signal

import pytest
from distributed import LocalCluster

from cells import mark, notebook_of
from workbook.errors import WorkError
from workbook.reports.cluster import ANY_PORT
from workbook.reports.task import Settings

pytestmark = pytest.mark.slow

ROWS = 8


@pytest.fixture
def settings(tmp_path):
    """Settings with a quick notebook; one of its rows fails."""
    return Settings(notebook=notebook_of(tmp_path / "quick.ipynb", "1 / (seed - 3)", mark()))


@pytest.fixture
def table(bakery, tmp_path):
    """A class of eight; the third row's notebook fails."""
    bakery()
    rows = [f"p{n},bakery.yaml,{n}" for n in range(1, ROWS + 1)]
    (tmp_path / "class.csv").write_text("\n".join(["name,plan,seed", *rows]))
    return tmp_path / "class.csv"


def test_a_worker_that_dies_loses_nothing_and_the_results_are_the_same(
    make, table, settings, tmp_path
):
    """Every row comes back, errors and all, byte for byte as made here."""
    here = make(tmp_path / "here", table, settings=settings, jobs=2)
    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        dashboard_address=None,
        scheduler_kwargs=ANY_PORT,
        silence_logs=50,
    ) as cluster:
        victims = [worker.pid for worker in cluster.workers.values()]

        def reported(row):
            if victims:
                os.kill(victims.pop(), signal.SIGKILL)
                victims.clear()

        address = cluster.scheduler_address
        there = make(
            tmp_path / "there", table, settings=settings, scheduler=address, on_row=reported
        )
    assert not victims
    assert [row.state for row in there.rows] == [row.state for row in here.rows]
    assert [row.state for row in there.rows].count("failed") == 1
    assert "ZeroDivisionError" in str(there.rows[2].reasons[0])
    files = {path.name: path.read_bytes() for path in here.out.iterdir()}
    assert {path.name: path.read_bytes() for path in there.out.iterdir()} == files
    assert len([name for name in files if name.startswith("p")]) == 3 * (ROWS - 1)


def test_a_scheduler_that_does_not_answer_is_reported(make, table, settings, tmp_path, monkeypatch):
    """One sentence with its address; nothing is written."""
    monkeypatch.setattr("workbook.reports.cluster.SECONDS", 1)
    with pytest.raises(WorkError, match=r"tcp://127\.0\.0\.1:9"):
        make(tmp_path / "out", table, settings=settings, scheduler="tcp://127.0.0.1:9")
    assert list((tmp_path / "out").iterdir()) == []
