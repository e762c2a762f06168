"""`workbook new`: a table becomes a plan file that can be checked and played at once."""

from __future__ import annotations

import openpyxl
import pytest

from workbook import cases
from workbook.errors import InputError
from workbook.reports.plan_files import start
from workbook.words import Words


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Each test in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_csv_becomes_a_plan_file(here):
    """The file has the name asked for, reads back, and what was assumed is said."""
    (here / "table.csv").write_text("名称,周数,通过率\n有人要,2,60%\n口味好,4,30%\n", "utf-8")
    path, notes = start("bakery", "table.csv", Words("zh"))
    plan = cases.read(path).plan
    assert plan.id == "bakery"
    assert [m.name for m in plan.milestones] == ["有人要", "口味好"]
    assert len(notes) == 3


def test_an_excel_sheet_becomes_a_plan_file(here):
    """The same from Excel."""
    book = openpyxl.Workbook()
    for row in (["name", "needs"], ["demand", None], ["shop", "demand"]):
        book.active.append(row)
    book.save(here / "table.xlsx")
    path, _ = start("bakery", "table.xlsx", Words("en"))
    assert cases.read(path).plan.goal == "shop"


def test_a_table_with_faults_writes_nothing(here):
    """Every fault by its cell, and no file."""
    (here / "table.csv").write_text("name,weeks\na,many\nb,-1\n", "utf-8")
    with pytest.raises(InputError) as caught:
        start("bakery", "table.csv", Words("en"))
    assert [fault.path for fault in caught.value.faults] == ["B2 (weeks)", "B3 (weeks)"]
    assert not (here / "bakery.yaml").exists()
