"""The report notebook by itself: papermill's own command on a copy, in both languages."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys

import nbformat
import pytest

from workbook.errors import InputError
from workbook.reports.notebook import ending, shipped
from workbook.reports.parameters import choices_of

pytestmark = pytest.mark.slow


def papermill(folder, *arguments):
    """Run papermill's own command in a folder."""
    command = [sys.executable, "-m", "papermill", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=200)


@pytest.fixture
def copy(tmp_path):
    """A copy of the report notebook in a folder of its own."""

    def copy(lang="en"):
        return shutil.copy(shipped(lang), tmp_path / "report.ipynb")

    return copy


def test_papermill_tells_every_parameter_with_its_type_and_help(copy, tmp_path):
    """`--help-notebook` lists all four, none of them as Unknown or without a word of help."""
    reported = papermill(tmp_path, "--help-notebook", str(copy())).stdout
    for name in ("plan: str", "lang: str", "runs: int", "seed: int"):
        line, _, help = reported.partition(name)[2].partition("\n")
        assert "default" in line
        assert f"{line}{help}".strip()
    assert "Unknown" not in reported


def test_papermill_plays_a_learners_plan_by_its_own_command(copy, bakery, tmp_path):
    """The notebook needs nothing but the plan's name, and ends with its mark."""
    copy("zh")
    bakery(title="街角的面包房")
    ran = papermill(tmp_path, "report.ipynb", "out.ipynb", "-p", "plan", "bakery.yaml")
    assert ran.returncode == 0, ran.stderr[-2000:]
    end = ending(nbformat.read(tmp_path / "out.ipynb", as_version=4))
    assert end.title == "街角的面包房"
    assert end.lang == "zh-CN"
    assert end.data["how"] == "exact"


def test_a_faulty_plan_fails_with_its_faults_and_no_traceback(copy, bakery, tmp_path):
    """Every fault is listed by its line; the notebook shows no traceback of ours."""
    copy()
    path = bakery()
    path.write_text(path.read_text().replace("0.6", "60").replace("[demand]", "[demnad]"))
    ran = papermill(tmp_path, "report.ipynb", "out.ipynb", "-p", "plan", "bakery.yaml")
    assert ran.returncode != 0
    notebook = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    [error] = [o for c in notebook.cells for o in c.get("outputs", ()) if o.output_type == "error"]
    shown = "\n".join(error.traceback)
    assert "bakery.yaml has 2 faults" in shown
    assert "line 9" in shown
    assert "did you mean 'demand'" in shown
    assert "File " not in shown


@pytest.mark.parametrize(
    ("name", "value", "reported"),
    [("runs", "many", "many is not a whole number"), ("lang", "fr", "no language 'fr'")],
)
def test_a_parameter_of_the_wrong_kind_is_a_fault(copy, tmp_path, name, value, reported):
    """papermill passes on what it is given; the notebook itself refuses what makes no sense."""
    copy()
    ran = papermill(tmp_path, "report.ipynb", "out.ipynb", "-p", name, value)
    assert ran.returncode != 0
    assert reported in ran.stderr


@pytest.mark.parametrize(
    "written",
    [
        "cash-gap=borrow",
        '["cash-gap=borrow"]',
        '{"cash-gap": "borrow"}',
        ["cash-gap=borrow"],
        {"cash-gap": "borrow"},
    ],
)
def test_options_may_come_as_a_text_a_list_or_a_mapping(written):
    """papermill passes on text, or what it reads as YAML; all of these mean the same."""
    assert choices_of(written) == {"cash-gap": "borrow"}


@pytest.mark.parametrize("written", ["[1, 2]", "[cash", 7, "7", "borrow", '["cash-gap"]'])
def test_options_that_say_no_fork_are_a_fault(written):
    """A list of numbers, a number, an option alone: a sentence."""
    with pytest.raises(InputError, match="is no option; write FORK=OPTION"):
        choices_of(written)


def test_papermill_hands_over_what_it_reads_as_yaml(copy, tmp_path):
    """A mapping of forks to options is taken."""
    copy()
    given = ("-p", "runs", "200", "-y", "options: {cash-gap: borrow}")
    papermill(tmp_path, "report.ipynb", "out.ipynb", *given)
    assert "borrow" in head_of(tmp_path / "out.ipynb").lower()


def test_papermill_ends_with_the_sentence_of_a_fault(copy, tmp_path):
    """Not with a traceback, nor as if it had gone well."""
    copy()
    ran = papermill(tmp_path, "report.ipynb", "out.ipynb", "-p", "options", "borrow")
    assert ran.returncode != 0
    assert "borrow is no option; write FORK=OPTION" in ran.stderr


def test_no_options_are_no_options_and_a_parameter_in_vain_is_said_before_the_title(copy, tmp_path):
    """`None` takes none; `-p cash 5` changes nothing here, and the page begins by saying so."""
    copy()
    given = ("-p", "runs", "200", "-p", "options", "None", "-p", "cash", "5")
    ran = papermill(tmp_path, "report.ipynb", "out.ipynb", *given)
    assert ran.returncode == 0, ran.stderr[-2000:]
    before_title = head_of(tmp_path / "out.ipynb").partition("<h1>")[0]
    assert "Not used" in before_title
    assert "cash" in before_title


def head_of(path):
    """What the report's first cell shows."""
    notebook = nbformat.read(path, as_version=4)
    shown = [
        output.get("data", {}).get("text/html", "")
        for cell in notebook.cells
        for output in cell.get("outputs", ())
    ]
    return next(html for html in shown if "<h1>" in html)


def test_both_languages_have_the_same_code():
    """Only the prose, comments included, differs, and the default of `lang`."""
    english, chinese = (nbformat.read(shipped(lang), as_version=4) for lang in ("en", "zh"))
    assert [cell.id for cell in english.cells] == [cell.id for cell in chinese.cells]
    for one, other in zip(english.cells, chinese.cells, strict=True):
        assert one.cell_type == other.cell_type
        if one.cell_type == "code":
            source = one.source.replace('lang: str = "en"', 'lang: str = "zh"')
            assert ast.dump(ast.parse(source)) == ast.dump(ast.parse(other.source))
            most = 8 if "parameters" in one.metadata.get("tags", ()) else 5
            assert len(one.source.splitlines()) <= most
