"""Everything of a rehearsal can be said in both languages, and nothing decisive is hidden."""

from __future__ import annotations

import pytest

from workbook.cases import known, load
from workbook.plan import Plan
from workbook.rehearsal import rehearse
from workbook.wording import decisions, standing
from workbook.words import Words


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("id", known())
def test_every_decision_of_every_shipped_plan_is_said(id, lang):
    """Titles differ between the moves of a decision, and each move has its terms."""
    w = Words(lang)
    position = rehearse(load(id).plan, 3)
    for number in range(12):
        if position.fate is not None:
            break
        titles = [decisions.move_title(position, move, w) for move in position.moves]
        assert len(set(titles)) == len(titles)
        assert all(any(decisions.move_terms(position, m, w)) for m in position.moves if m.id)
        said = [*titles, *standing.standing(position, w)]
        said += [decisions.event_text(position, event, w) for event in position.events]
        said += [
            part for of in decisions.reasons(position, w).values() for part in (*of, *of.values())
        ]
        assert all(said)
        assert not any("{" in part for part in said)
        position = position.after(position.moves[number % len(position.moves[:-1])])
    if position.fate is not None:
        assert standing.ending_text(position, w)


def test_the_terms_of_an_attempt_have_money_weeks_chance_and_rounds():
    """Before the first attempt of the lozenge, everything is on the button."""
    position = rehearse(load("caffeine-lozenge").plan, 1)
    terms = " ".join(decisions.move_terms(position, position.moves[0], Words("en")))
    assert "3 weeks and ¥10,000" in terms
    assert "80%" in terms
    assert "3 attempts are left" in terms
    assert "pays for 20 such attempts" in terms


def test_rates_by_round_and_reasons_to_wait_are_on_the_button():
    """What an option does to later rounds, what the next attempt passes with, why to wait."""
    w = Words("en")
    position = rehearse(load("ai-companion").plan, 3)
    while not position.open_forks:
        position = position.after("as-written")
    friends = next(move for move in position.moves if move.option == "friends")
    assert any("Round by round" in term for term in decisions.move_terms(position, friends, w))
    while not any(move.kind == "wait" for move in position.moves):
        assert not position.reasons_to_wait
        position = position.after("as-written")
    wait = next(move for move in position.moves if move.kind == "wait")
    assert "Why wait: " in decisions.move_terms(position, wait, w)[-1]


def test_what_cannot_be_done_is_grouped_by_its_reason():
    """Ten milestones at the start of the lozenge: a heading for each kind, a reason said once."""
    found = decisions.reasons(rehearse(load("caffeine-lozenge").plan, 1), Words("en"))
    assert list(found) == ["Decide", "Work on", "Leave out"]
    assert [len(of) for of in found.values()] == [2, 2, 3]
    assert list(found["Work on"].values())[-1] == "each needs what comes before it"


def test_money_promised_is_no_certainty_in_what_falls_due():
    """A promise is reported as one, whether or not it will hold in this life."""
    chain = [{"id": "a", "weeks": 9, "pass_rate": 0.5}, {"id": "b", "needs": ["a"]}]
    due = [{"week": 5, "amount": 900.0, "chance": 0.5}]
    plan = {"id": "p", "goal": "b", "cash": 100.0, "due": due, "milestones": chain}
    for seed in range(1, 6):
        position = rehearse(Plan.model_validate(plan), seed)
        assert [(one.kind, one.week, one.amount) for one in position.due] == [("promise", 5, 900.0)]
        assert standing.due_text(position, position.due[0], Words("en")).endswith("may come")
