"""Plans written and read back."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from strategies import plan_data, plans
from workbook import cases
from workbook.cases import Case
from workbook.cases.writing import text_for, written_into
from workbook.errors import InputError, WorkError
from workbook.plan import Milestone, Plan

COMMENTED = """\
# my bakery
plan: 1
id: bakery   # as the file
goal: shop
cash: savings       # all I have
burn_per_week: 700

milestones:
  # first of all
  - id: demand
    weeks: 2        # at least
    cost: test_cost

  # only then
  - id: oven
    needs: [demand]
    cost: 9000

  - id: shop
    needs: [demand, oven]

facts:
  savings: {value: 60000, unit: CNY, basis: yours}
  test_cost: {value: 300, unit: CNY, basis: assumed, why: two stalls}
# the end
"""


@pytest.mark.slow
@examples(30)
@given(plans(most=4, teams=3, ranges=True, forks=True, words=True))
def test_a_plan_written_is_the_plan_read(plan):
    """Whatever a plan holds, its file gives the same plan back."""
    assert cases.read_text(text_for(Case(plan))) == Case(plan)


@pytest.mark.slow
@examples(30)
@given(st.data(), plans(most=4, ranges=True, forks=True, words=True))
def test_a_plan_changed_in_its_file_is_the_plan_read(data, plan):
    """Any plan can be written into the text of any other plan, and reads the same."""
    before = cases.read_text(text_for(Case(plan)))
    other = Plan.model_validate(data.draw(plan_data(most=4, ranges=True, forks=True, words=True)))
    assert cases.read_text(text_for(before.using(other))) == Case(other)


def test_a_case_written_back_unchanged_keeps_its_text(tmp_path):
    """Writing what was read changes not a byte."""
    text = "plan: 1\nid:   a\ngoal: b\nmilestones: [ {id: b} ]   # odd spaces\n"
    path = tmp_path / "a.yaml"
    path.write_text(text)
    cases.write(cases.read(path), path)
    assert path.read_text() == text


def test_a_change_touches_only_its_own_line():
    """Comments, order and references to facts survive the change of one figure."""
    case = cases.read_text(COMMENTED)
    milestones = [
        m.model_copy(update={"cost": 8000.0} if m.id == "oven" else {})
        for m in case.plan.milestones
    ]
    plan = case.plan.model_copy(update={"milestones": tuple(milestones)})
    assert text_for(case.using(plan)) == COMMENTED.replace("cost: 9000", "cost: 8000")


def test_a_figure_of_a_fact_that_changes_becomes_a_number():
    """A changed figure no longer refers to the fact that it differs from."""
    case = cases.read_text(COMMENTED)
    text = text_for(case.using(case.plan.model_copy(update={"cash": 50000.0})))
    assert "cash: 50000       # all I have" in text
    assert "cost: test_cost" in text


def test_milestones_take_their_comments_along():
    """Reordered, each milestone keeps the comment above it."""
    case = cases.read_text(COMMENTED)
    first, second, third = case.plan.milestones
    moved = case.plan.model_copy(update={"milestones": (second, first, third)})
    text = text_for(case.using(moved))
    assert text.index("# only then") < text.index("id: oven") < text.index("# first of all")
    assert text.index("# first of all") < text.index("id: demand") < text.index("id: shop")
    assert cases.read_text(text).plan.ids == ("oven", "demand", "shop")


def test_milestones_come_and_go():
    """A new milestone is written in its place, a removed one goes, the others stay as they are."""
    case = cases.read_text(COMMENTED)
    first, _, third = case.plan.milestones
    permit = first.model_copy(update={"id": "permit", "needs": ("demand",)})
    last = third.model_copy(update={"needs": ("demand", "permit")})
    text = text_for(case.using(case.plan.model_copy(update={"milestones": (first, permit, last)})))
    assert "oven" not in text
    assert "\n\n  - id: permit\n" in text
    assert "  # first of all\n  - id: demand\n    weeks: 2        # at least\n" in text
    assert "# the end" in text


def test_a_plan_alone_keeps_the_story_of_its_file(tmp_path):
    """Saving a plan over its own file keeps facts and comments."""
    path = tmp_path / "bakery.yaml"
    path.write_text(COMMENTED)
    plan = cases.read(path).plan.model_copy(update={"burn_per_week": 650.0})
    cases.write(plan, path)
    assert path.read_text() == COMMENTED.replace("700", "650")


def test_a_new_plan_reads_well(tmp_path):
    """A new file: keys in their order, defaults left out, an empty line between milestones."""
    plan = Plan.model_validate(
        {
            "id": "stall",
            "goal": "open",
            "cash": 500.0,
            "milestones": [
                {
                    "id": "demand",
                    "weeks": 2,
                    "pass_rate": [0.2, 0.5],
                    "name": {"en": "a", "zh": "甲"},
                },
                {"id": "open", "needs": ["demand"], "gives": {"funding": {"amount": 1e5}}},
            ],
        }
    )
    cases.write(plan, tmp_path / "stall.yaml")
    assert (tmp_path / "stall.yaml").read_text(encoding="utf-8") == (
        "plan: 1\nid: stall\ngoal: open\ncash: 500\n\nmilestones:\n"
        "  - id: demand\n    name: {en: a, zh: 甲}\n    weeks: 2\n    pass_rate: [0.2, 0.5]\n\n"
        "  - id: open\n    needs: [demand]\n    gives:\n      funding: {amount: 100000}\n"
    )


def test_shipped_cases_survive_a_change():
    """A shipped case with one figure changed keeps every other line of its file."""
    for id in cases.shipped():
        case = cases.load(id)
        text = text_for(case.using(case.plan.model_copy(update={"cash": 123456.0})))
        before, after = case.text.splitlines(), text.splitlines()
        gone = [line for line in before if line not in after]
        changed = [] if case.plan.cash is None else ["cash"]
        assert [line.split(":")[0] for line in gone] == changed


def test_a_full_disk_leaves_the_old_file(tmp_path, monkeypatch):
    """When writing fails, the reason is said, the old file stands and nothing lies beside it."""
    path = tmp_path / "bakery.yaml"
    path.write_text(COMMENTED)
    case = cases.read(path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(WorkError, match="No space left on device"):
        cases.write(case.using(case.plan.model_copy(update={"cash": 1.0})), path)
    assert path.read_text() == COMMENTED
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_may_not_be_written_is_reported(tmp_path, monkeypatch):
    """A write-protected file is left alone, even where its folder would let it be replaced."""
    path = tmp_path / "bakery.yaml"
    path.write_text(COMMENTED)
    case = cases.read(path)
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(WorkError, match="cannot be written"):
        cases.write(case, path)


def test_a_missing_folder_is_reported(tmp_path):
    """Writing into a folder that is not there is a failed work, not a traceback."""
    with pytest.raises(WorkError, match="cannot be written"):
        cases.write(cases.read_text(COMMENTED), tmp_path / "none" / "bakery.yaml")


def test_what_no_file_may_hold_is_not_written(tmp_path):
    """A plan with a control character in its title is refused, and no file appears."""
    plan = Plan.model_validate(
        {"id": "a", "goal": "b", "title": "\x1b[31m", "milestones": [{"id": "b"}]}
    )
    with pytest.raises(InputError, match="cannot be shown"):
        cases.write(plan, tmp_path / "a.yaml")
    assert list(Path(tmp_path).iterdir()) == []


def test_the_first_keys_of_a_part_may_go():
    """Keys that fall back to what is taken for granted leave the others as they were typed."""
    text = (
        "plan: 1\nid: a\ngoal: b\nmilestones:\n  - id: b\n    tests:\n      belief: 0.5\n"
        "      redesign:\n        weeks: 3\n        cost: 5   # paid at once\n"
        "        gives:\n          price: 3\n          margin: 0.5\n    weeks: 2\n"
    )
    case = cases.read_text(text)
    data = case.plan.model_dump(exclude_defaults=True)
    data["milestones"][0]["tests"]["redesign"] = {"cost": 5.0, "gives": {"conversion": 0.5}}
    found = written_into(case.using(Plan.model_validate(data)), text)
    assert found == text.replace("        weeks: 3\n", "").replace(
        "          price: 3\n          margin: 0.5\n", "          conversion: 0.5\n"
    )


REPEATING = """\
plan: 1   # by a program
id: repeating
goal: b
cash: &figure 5000
burn_per_week: 100
milestones:
- &first
  id: a
  weeks: &weeks [2, 3, 4]
  gives: &gives
    conversion: 0.2
- id: b
  needs: [a]
  weeks: *weeks
  gives: *gives
  cost: *figure   # as much again
"""


def figures_changed(plan, at, **changes):
    """The plan with other figures in one milestone."""
    data = plan.model_dump(exclude_unset=True)
    milestones = [{**m, **(changes if m["id"] == at else {})} for m in data["milestones"]]
    return Plan.model_validate({**data, "milestones": milestones})


def test_a_change_at_an_alias_is_written_out_there():
    """The value that was repeated stays; the other lines and comments do too."""
    text = REPEATING.replace("&first\n  ", "")
    case = cases.read_text(text)
    written = text_for(case.using(figures_changed(case.plan, "b", cost=9000.0, weeks=(1, 2, 3))))
    reported = text.replace("*figure", "9000").replace("weeks: *weeks", "weeks: [1, 2, 3]")
    assert written == reported


@pytest.mark.parametrize("at", ["a", "b"])
@pytest.mark.parametrize(
    "changes",
    [
        {"weeks": (3, 4, 5)},
        {"weeks": 2},
        {"gives": None},
        {"gives": {"conversion": 0.9}},
        {"gives": {"conversion": 0.2, "price": 3.0}},
        {"cost": 0.0},
        {"cost": 7.0, "name": "A name"},
        {"id": "c", "needs": ()},
    ],
    ids=str,
)
def test_a_change_beside_aliases_never_reaches_what_repeats_it(at, changes):
    """Whichever of two equal parts changes, the file read back holds just that change."""
    case = cases.read_text(REPEATING)
    plan = figures_changed(case.plan, at, **changes)
    if "id" in changes:
        plan = case.plan.model_copy(
            update={"goal": "c", "milestones": (*case.plan.milestones[::-1], Milestone(id="c"))}
        )
    assert cases.read_text(text_for(case.using(plan))).plan == plan


def test_the_cash_that_an_alias_repeats_changes_alone():
    """Another cash leaves the cost that repeated it as it was."""
    case = cases.read_text(REPEATING)
    plan = case.plan.model_copy(update={"cash": 1.0})
    assert cases.read_text(text_for(case.using(plan))).plan == plan


@pytest.mark.slow
@examples(30)
@given(st.data(), plans(most=4, ranges=True, forks=True, words=True))
def test_a_plan_changed_in_a_file_with_aliases_is_the_plan_read(data, plan):
    """Any plan can be written into what a program wrote of another, aliases and all."""
    written = cases.writing.data_of(Case(plan))
    repeated = [{"conversion": 0.5}] * 2
    for milestone, gives in zip(written["milestones"], repeated, strict=False):
        milestone["gives"] = gives
    text = yaml.safe_dump(written, allow_unicode=True, sort_keys=False)
    assert ("*id001" in text) is (len(written["milestones"]) > 1)
    before = cases.read_text(text)
    other = Plan.model_validate(data.draw(plan_data(most=4, ranges=True, forks=True, words=True)))
    assert cases.read_text(text_for(before.using(other))) == Case(other)
