"""Many plans in one go: what is at fault is reported, what fails is named, the others are made."""

from __future__ import annotations

import io
import json
import sys

import nbformat
import pytest

from cells import mark, notebook_of
from workbook.errors import WorkError
from workbook.reports import command
from workbook.reports.command import gather
from workbook.reports.notebook import ending, execute, kernel_home, variables
from workbook.reports.task import Row, Settings
from workbook.words import Words

pytestmark = pytest.mark.slow


def test_a_folder_with_one_bad_plan_makes_the_others(make, bakery, tmp_path):
    """The faulty plan is said before anything starts, stands on top of the index; exit code 2."""
    bakery("corner", "The corner")
    bakery("bad").write_text("plan: 1\nid: bad\ngoal: nowhere\n")
    out = tmp_path / "out"
    quick = Settings(notebook=notebook_of(tmp_path / "quick.ipynb", mark(title="The corner")))
    batch = make(out, tmp_path, settings=quick)
    assert batch.exit_code == 2
    assert [row.state for row in batch.rows] == ["made"]
    assert sorted(p.name for p in out.iterdir()) == [
        "corner.html",
        "corner.ipynb",
        "corner.json",
        "index.html",
        "summary.csv",
        "summary.json",
    ]
    index = (out / "index.html").read_text("utf-8")
    assert index.index("bad.yaml") < index.index("line 3: ") < index.index("The corner")


def test_a_second_run_does_only_what_changed(make, bakery, tmp_path):
    """Untouched plans are left alone; an edited one, or --force, is made again."""
    plan, out = bakery(), tmp_path / "out"
    quick = Settings(notebook=notebook_of(tmp_path / "quick.ipynb", mark()))
    assert make(out, plan, settings=quick).rows[0].state == "made"
    before = {p.name: p.stat().st_mtime_ns for p in out.glob("bakery.*")}
    kept = make(out, plan, settings=quick)
    assert kept.rows[0].state == "kept"
    assert kept.exit_code == 0
    assert {p.name: p.stat().st_mtime_ns for p in out.glob("bakery.*")} == before
    plan.write_text(plan.read_text() + "skips: []\n")
    assert make(out, plan, settings=quick).rows[0].state == "made"
    assert make(out, plan, settings=quick, force=True).rows[0].state == "made"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Execute a notebook of these cells as a report would."""

    def run(*sources, seconds=60):
        with kernel_home() as folder:
            for name, value in variables(folder).items():
                monkeypatch.setenv(name, value)
            text = notebook_of(tmp_path / "some.ipynb", *sources).read_text("utf-8")
            return execute(text, {"plan": "x"}, tmp_path, seconds)

    return run


def test_a_cell_that_never_ends_is_reported_as_such(run):
    """The time limit ends it, and the failure says how long it was given."""
    with pytest.raises(WorkError, match="longer than 2 seconds"):
        run("import threading; threading.Event().wait()", seconds=2)


@pytest.mark.parametrize(
    ("cell", "said"),
    [("1 / 0", "ZeroDivisionError"), ("input()", "somebody to type")],
)
def test_a_cell_that_fails_is_reported_by_its_error(run, cell, said):
    """The error's name is reported, never its traceback."""
    with pytest.raises(WorkError, match=said):
        run(cell)


def test_a_notebook_without_its_end_mark_is_no_report(run):
    """A notebook that ran through but never said that it is whole does not count."""
    with pytest.raises(WorkError, match="did not come to its end"):
        ending(run("1 + 1"))


def test_a_report_without_a_picture_that_it_promised_does_not_count(run):
    """The end mark names its pictures, and each must be among the outputs."""
    with pytest.raises(WorkError, match="fates"):
        ending(run(mark(figures=["fates"])))


def test_an_end_mark_alone_is_enough_for_a_report_without_pictures(run):
    """What the mark says comes back as it was said."""
    assert ending(run(mark(title="A title"))).title == "A title"


def test_two_plans_of_one_id_are_a_fault(bakery):
    """Neither may overwrite the other's report: the second is shown who has the id already."""
    first, second = bakery("twin"), bakery("twin", "another", name="other.yaml")
    tasks, errors = gather([str(first), str(second)], Settings())
    assert len(tasks) == 1
    assert any("twin" in str(error) for error in errors)


def test_an_empty_folder_is_a_fault(tmp_path):
    """A folder without plans is no silent success."""
    tasks, errors = gather([str(tmp_path)], Settings())
    assert not tasks
    assert "no plan file" in str(errors[0])


@pytest.fixture(scope="module")
def whole(make, recipe, tmp_path_factory):
    """A plan, and the folder with its report, made by the shipped notebook."""
    folder = tmp_path_factory.mktemp("whole")
    plan = folder / "bakery.yaml"
    plan.write_text(recipe.format(id="bakery", title="The bakery"), encoding="utf-8")
    make(folder / "out", plan)
    return plan, folder / "out"


def test_the_data_is_what_play_prints(whole, capsys):
    """`<id>.json` holds the outcomes exactly as `workbook play --json` does; and its own brief."""
    from workbook.cli import main

    plan, out = whole
    assert main(["play", str(plan), "--json"]) == 0
    data = json.loads((out / "bakery.json").read_text())
    assert data.pop("report")["title"] == "The bakery"
    assert data == json.loads(capsys.readouterr().out)


def test_nothing_of_this_machine_is_in_a_report(whole):
    """No absolute path, no warning, no timing is in the page, the data or the notebook."""
    plan, out = whole
    for file in out.iterdir():
        text = file.read_text("utf-8")
        assert str(plan.parent) not in text
        assert "/tmp/" not in text
        assert '"papermill":' not in text
    notebook = nbformat.read(out / "bakery.ipynb", as_version=4)
    assert not any(o.get("name") == "stderr" for c in notebook.cells for o in c.get("outputs", ()))
    nbformat.validate(notebook)


@pytest.mark.parametrize("on_a_terminal", [True, False])
def test_progress_is_shown_on_a_terminal_only(monkeypatch, on_a_terminal):
    """A bar for anyone who watches; nothing in a log, a pipe or a CI."""
    said = io.StringIO()
    said.isatty = lambda: on_a_terminal
    monkeypatch.setattr(sys, "stderr", said)
    with command.report_progress(2, Words("en")) as reported:
        reported(Row("a.yaml", "a", "made"))
    assert bool(said.getvalue()) == on_a_terminal
