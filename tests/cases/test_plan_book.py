"""A plan as an Excel workbook: what is written reads back, and what is changed there counts."""

from __future__ import annotations

from io import BytesIO
from itertools import cycle

import openpyxl
import pytest
from hypothesis import assume, given

from any_plan import plans
from examples import by_hand, examples
from workbook import cases
from workbook.builder.imports import read_file
from workbook.cases import Case
from workbook.cases.plan_book import book_of, read_book
from workbook.cases.writing import data_of
from workbook.consistency import faults_of
from workbook.errors import InputError
from workbook.words import LANGUAGES

ALL = list(zip((*cases.shipped(), *cases.examples()), cycle(LANGUAGES), strict=False))


def written(tmp_path, case, lang="en", change=None):
    """A workbook of the case, opened in a spreadsheet, changed there and saved again."""
    book = openpyxl.load_workbook(BytesIO(book_of(case, lang)))
    if change is not None:
        change(book.worksheets[0])
    path = tmp_path / "plan.xlsx"
    book.save(path)
    return path


def cell(sheet, id, column):
    """The cell of a milestone in a column, both by what is in the sheet."""
    columns = {one.value: one.column for one in sheet[1]}
    (row,) = [
        row for row in range(2, sheet.max_row + 1) if sheet.cell(row, columns["id"]).value == id
    ]
    return sheet.cell(row, columns[column])


@pytest.mark.parametrize("shipped", by_hand(ALL))
def test_every_shipped_plan_reads_back_equal(tmp_path, shipped):
    """Plan, story, facts and where each figure comes from; every other one in Chinese."""
    id, lang = shipped
    case = cases.load(id)
    found, notes = read_book(written(tmp_path, case, lang))
    assert (found, notes) == (case, ())
    assert found.basis == case.basis


@examples(20)
@given(drawn=plans())
def test_any_plan_reads_back_equal(tmp_path_factory, drawn):
    """Whatever keys a plan has that a file may have."""
    plan, _ = drawn
    assume(not list(faults_of(data_of(Case(plan)))))
    found, notes = read_book(written(tmp_path_factory.mktemp("book"), Case(plan), "zh"))
    assert (found.plan, notes) == (plan, ())


def test_a_changed_cell_changes_that_and_nothing_else(tmp_path):
    """Cash, forks and grounds stay; the figure that was typed is the reader's own."""
    case = cases.load("caffeine-lozenge")

    def change(sheet):
        cell(sheet, "taste", "cost").value = 45_000
        cell(sheet, "taste", "if missed").value = None

    found, _ = read_book(written(tmp_path, case, change=change))
    taste = case.plan.milestone("taste").model_copy(update={"cost": 45_000, "if_missed": ""})
    others = [m for m in case.plan.milestones if m.id != "taste"]
    assert found.plan.milestone("taste").cost == 45_000
    assert found.plan.milestone("taste").model_dump() == taste.model_dump() | {
        "if_missed": found.plan.milestone("taste").if_missed
    }
    assert not found.plan.milestone("taste").if_missed
    assert [m for m in found.plan.milestones if m.id != "taste"] == others
    assert (found.plan.cash, found.plan.forks) == (case.plan.cash, case.plan.forks)
    assert found.basis["milestones.taste.cost"].kind == "yours"
    assert found.basis["milestones.production.cost"] == case.basis["milestones.production.cost"]


def test_a_new_row_and_another_goal_count(tmp_path):
    """A milestone typed below the others, marked as the goal."""
    case = cases.load("ai-companion")
    last = case.plan.milestones[-1].id

    def change(sheet):
        columns = {one.value: one.column for one in sheet[1]}
        cell(sheet, case.plan.goal, "goal").value = None
        row = {"id": "abroad", "name": "Sold abroad", "needs": last, "weeks": 6, "goal": "x"}
        for name, value in row.items():
            sheet.cell(sheet.max_row + (name == "id"), columns[name]).value = value

    plan = read_book(written(tmp_path, case, change=change))[0].plan
    assert (plan.goal, plan.milestone("abroad").needs) == ("abroad", (last,))
    assert plan.milestones[:-1] == case.plan.milestones


def test_what_cannot_be_read_is_refused_by_cell(tmp_path):
    """A word for a cost, and a missing row that others need: both at once."""
    case = cases.load("caffeine-lozenge")

    def change(sheet):
        cell(sheet, "taste", "cost").value = "a lot"
        sheet.delete_rows(cell(sheet, "demand", "id").row)

    with pytest.raises(InputError) as refused:
        read_book(written(tmp_path, case, change=change))
    assert len(refused.value.faults) >= 2
    assert any("(cost)" in fault.path for fault in refused.value.faults)
    assert any("(needs)" in fault.path for fault in refused.value.faults)


def test_a_name_that_looks_like_a_formula_stays_a_name(tmp_path):
    """No cell of the workbook is ever calculated; spaces stay as they are."""
    plan = cases.load("ai-companion").plan
    odd = '=HYPERLINK("x")  two  spaces '
    first = plan.milestones[0].model_copy(update={"name": odd, "note": "+1+1"})
    plan = plan.model_copy(update={"milestones": (first, *plan.milestones[1:])})
    path = written(tmp_path, Case(plan))
    for sheet in openpyxl.load_workbook(path):
        assert {one.data_type for row in sheet for one in row} <= {"s", "n"}
    assert read_book(path)[0].plan == plan


def test_the_builder_and_new_take_such_a_workbook(tmp_path, monkeypatch, capsys):
    """`Start from` and `workbook new --from` read all of it, cash and forks too."""
    from workbook.cli import main

    case = cases.load("gym")
    path = written(tmp_path, case)
    assert read_file(path).plan == case.plan
    monkeypatch.chdir(tmp_path)
    assert main(["new", "mine", "--from", str(path)]) == 0
    made = cases.read(tmp_path / "mine.yaml").plan
    assert made == case.plan.model_copy(update={"id": "mine"})
    capsys.readouterr()


def test_another_workbook_is_a_table_as_before(tmp_path):
    """Sheets of the same names that somebody else made are no plan of ours."""
    book = openpyxl.Workbook()
    book.active.title = "Milestones"
    book.create_sheet("Plan file").append(["anything", "{"])
    book.active.append(["name", "weeks"])
    book.active.append(["Open", 3])
    book.save(tmp_path / "other.xlsx")
    assert read_book(tmp_path / "other.xlsx") is None
    assert read_file(tmp_path / "other.xlsx").plan.milestones[0].weeks == 3
