"""A key that changes nothing where it stands is named by `check`: never left out in silence."""

from __future__ import annotations

import pytest

from workbook.cases import load, read_text, shipped
from workbook.cli import main
from workbook.play import play
from workbook.words import Words

PLAN = """\
plan: 1
id: p
goal: g
cash: 100
hours_per_week: 5
milestones:
  - id: h
    cost: 3
    {key}
    tests: {{belief: 0.5, redesign: {{weeks: 2, cost: 5}}}}
  - {{id: g, needs: [h], relies_on: [h], {goal}}}
forks:
  - id: f
    at: {{week: 2}}
    options: [{{id: o, {option}}}]
"""


def notes(key="name: h", goal="cost: 1", option="cash: '+5'"):
    return [str(note) for note in read_text(PLAN.format(key=key, goal=goal, option=option)).notes]


@pytest.mark.parametrize(
    ("key", "reported"),
    [
        ("teams: 3", "a test is made once, by one team: `teams` changes nothing here"),
        ("attempts: 2", "a test is made once, its redesign follows: `attempts` changes nothing"),
    ],
)
def test_what_a_test_does_not_heed_is_said_with_its_line(key, reported):
    """Three teams at a test cost once and find out once (F7)."""
    assert len(found := notes(key)) == 1
    assert found[0].startswith(f"line 9  milestones.h.{key.split(':')[0]}: {reported}")


def test_one_team_at_a_test_is_what_there_is():
    """Nothing is said of what is so anyway."""
    assert notes("teams: 1") == []


def test_weeks_beside_hours_are_said_to_count_for_nothing():
    """Hours tell how long it lasts."""
    found = notes(goal="hours: 8, weeks: 3")
    assert [note.split(":")[0] for note in found] == ["line 11  milestones.g.weeks"]


def test_a_race_at_a_test_that_an_option_brings_is_said_where_it_stands():
    """In the option's edit, not in the milestone; and what the plan says anyway is said once."""
    option = "milestones: {h: {teams: 3, cost: 0}}"
    assert [note.split(":")[0] for note in notes(option=option)] == [
        "line 15  forks.f.options.o.milestones.h.teams"
    ]
    assert len(notes("teams: 2", option="milestones: {g: {cost: 4}}")) == 1


def test_check_says_it_in_both_languages(tmp_path, capsys):
    """As a remark: the plan can be played, so the exit is 0."""
    path = tmp_path / "p.yaml"
    path.write_text(PLAN.format(key="teams: 3", goal="cost: 1", option="cash: '+5'"))
    assert main(["check", str(path)]) == 0
    assert "`teams` changes nothing here" in capsys.readouterr().out
    note = read_text(path.read_text()).notes[0]
    assert "`teams` 在这里不起作用" in Words("zh").fault(note)


@pytest.mark.parametrize("id", shipped())
def test_no_shipped_case_has_a_key_without_effect(id):
    """What they say, they mean."""
    assert load(id).notes == ()


BILLED = """\
plan: 1
id: p
goal: g
cash: 100000
bills:
  - {{id: lawyer, amount: 0, from_week: {week}{every}}}
milestones:
  - {{id: h, weeks: 3, pass_rate: {rate}, gives: {{bills: {{lawyer: {amount}}}}}}}
  - {{id: g, needs: [h], weeks: 2{given}}}
"""


def billed(week, every="", rate=0.5, amount=4000, given=""):
    """The notes on a bill that a milestone of three weeks gives an amount."""
    parts = {"week": week, "every": every, "rate": rate, "amount": amount, "given": given}
    return read_text(BILLED.format(**parts)).notes


@pytest.mark.parametrize(
    ("notes", "said"),
    [
        (billed(3), ["line 8 | so it is never paid | 最早从第 4 周起才生效"]),
        (billed(4), ["line 8 | if this amount is known only after that week | 过了那一周"]),
        (billed(4, amount="'-1'"), []),
        (billed(1, every=", every_weeks: 4"), []),
        (
            billed(5, every=", every_weeks: 4", given=", gives: {bills: {lawyer: 9}}"),
            [],
        ),
    ],
    ids=["surely late", "perhaps late", "a bill that falls", "a bill that recurs", "twice"],
)
def test_an_amount_that_comes_after_the_week_of_a_single_bill_is_said(notes, said):
    """Paid once, in its week: what a milestone makes of it later is nothing, and not in silence."""
    lines = [one.split(" | ") for one in said]
    assert [str(note).split("  ")[0] for note in notes] == [line[0] for line in lines]
    for note, (_, en, zh) in zip(notes, lines, strict=True):
        assert en in str(note)
        assert zh in Words("zh").fault(note)


def test_the_amount_that_is_said_to_be_never_paid_is_never_paid():
    """All of the cash is left in every run; one week later the bill takes its part."""
    for week, left in ((3, 100000), (4, 96000)):
        plan = read_text(BILLED.format(week=week, every="", rate=1, amount=4000, given="")).plan
        assert play(plan, runs=5).mean.cash_if_goal == left
