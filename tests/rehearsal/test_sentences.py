"""Everything of a rehearsal can be said in both languages, and nothing decisive is hidden."""

from __future__ import annotations

import pytest

from workbook.cases import known, load
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
