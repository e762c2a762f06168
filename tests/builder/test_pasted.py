"""A table pasted into the builder is read as `workbook new --from` reads the same table."""

from __future__ import annotations

import pytest

from builder.screen import Page
from examples import by_hand
from workbook import cases
from workbook.cli import main
from workbook.plan import Plan

pytestmark = pytest.mark.usefixtures("home")

TABLES = {
    "months, per cent, row numbers": (
        "Task Name\tDuration (months)\tPredecessors\tSuccess %\n"
        "Recipe\t3\t\t60\nPermit\t2-4\t1\t50%\nShop\t15 days\t2\t80\n"
    ),
    "decimal commas": "milestone;cost;weeks\nRecipe;1.200,50;0,5\nShop;1.300,00;2\n",
    "a plain list": "Recipe works\nFirst market\nShop open\n",
    "a list with dashes": "- 口味好\n- 有人买\n- 开店\n",
    "万": "里程碑,成本（万元）,通过率\n口味好,1.2,六成\n开店,１２,50%\n",
}
FAULTY = {
    "two readings": "milestone\tcost\nRecipe\t1,234\nShop\t2\n",
    "words": "milestone\tweeks\tcost\nRecipe\tsoon\t4\nShop\t2\tmany\n",
    "one name twice": "milestone\tneeds\nRecipe\t\nRecipe\t\nShop\tRecipe\n",
    "nothing": "  \n",
}


def pasted(text: str) -> Page:
    """The page after a paste, before it is taken."""
    return Page().send("preview", **{"from": "table"}, text=text)


@pytest.mark.parametrize("kind", by_hand(TABLES, 2))
def test_a_paste_makes_the_plan_that_the_command_line_makes(kind, tmp_path, monkeypatch, capsys):
    """The same milestones and figures, and the same notes of how they were read."""
    page = pasted(TABLES[kind])
    offer = page.builder.screen.preview
    page.send("take", preview=offer["n"])
    monkeypatch.chdir(tmp_path)
    (tmp_path / "table.csv").write_text(TABLES[kind], "utf-8")
    assert main(["new", "mine", "--from", "table.csv"]) == 0
    said = capsys.readouterr()
    made = cases.read(tmp_path / "mine.yaml").plan
    assert content(page.builder.state.plan) == content(made)
    for line in offer["lines"][1:-1]:
        assert line in said.out + said.err


def content(plan: Plan) -> dict[str, object]:
    """All of a plan but the name of its file."""
    return plan.model_dump(exclude={"id", "title"})


@pytest.mark.parametrize("kind", by_hand(FAULTY, 2))
def test_what_the_command_line_refuses_is_refused_in_the_same_words(
    kind, tmp_path, monkeypatch, capsys
):
    """Every fault by its cell, and the chain stays."""
    page = pasted(FAULTY[kind])
    offer = page.builder.screen.preview
    assert not offer.get("ready")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "table.csv").write_text(FAULTY[kind], "utf-8")
    assert main(["new", "mine", "--from", "table.csv"]) == 2
    assert offer["faults"][1:] == capsys.readouterr().err.splitlines()[1:]


def test_a_table_without_a_currency_is_in_that_of_the_chain():
    """A plan in euros stays one when a table takes the place of its milestones."""
    page = Page().send("set", path="currency", value="EUR")
    page.send("preview", **{"from": "table"}, text="milestone\tcost\nRecipe\t1200\n")
    page.send("take", preview=page.builder.screen.preview["n"])
    assert page.builder.state.plan.currency == "EUR"
    assert page.builder.state.plan.milestones[0].cost == 1200
