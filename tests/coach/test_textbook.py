"""Two textbook problems with known answers: a staged investment, and when to stop searching."""

from __future__ import annotations

import json
from functools import lru_cache

import numpy as np
import pytest

from workbook.cli import main
from workbook.coach import advise
from workbook.coach.policy import policy_value
from workbook.coach.rules import Split, choose
from workbook.plan import Plan
from workbook.rehearsal import rehearse
from workbook.wording.policies import policy_lines
from workbook.words import Words

STAGED = {
    "id": "staged",
    "goal": "launch",
    "horizon_weeks": 30,
    "cash": 1000,
    "milestones": [
        {
            "id": "market",
            "cost": 200,
            "tests": {"belief": 0.5, "redesign": {"weeks": 1, "cost": 300}},
        },
        {
            "id": "launch",
            "cost": 400,
            "pass_rate": 0.8,
            "needs": ["market"],
            "relies_on": ["market"],
        },
    ],
}
SETTLE = {"id": "settle", "milestones": {"find": {"pass_rate": 0.5, "attempts": 1}}}
SEARCH = {
    "id": "search",
    "goal": "find",
    "horizon_weeks": 30,
    "cash": 400,
    "milestones": [{"id": "find", "cost": 100, "pass_rate": 0.3}],
    "forks": [{"id": "settle", "at": {"milestone": "find"}, "options": [SETTLE]}],
}


@lru_cache
def searched():
    return policy_value(Plan.model_validate(SEARCH))


def test_a_staged_investment_is_worth_what_its_options_are_worth():
    """To look first is worth the chance to redirect: .5 x .96 + .5 x .8, against .5 x .96 without.

    After a yes the cash pays for two launches, after a no for the redesign and one; without a look
    a false belief costs a launch, and then the redesign leaves too little for another.
    """
    advice = advise(rehearse(Plan.model_validate(STAGED), 1), lives=20_000)
    look = next(value for value in advice.values if value.move.kind == "as-written")
    blind = next(value for value in advice.values if value.move.kind == "skip")
    assert look.chance == pytest.approx(0.88, abs=3 * look.error)
    assert blind.chance == pytest.approx(0.48, abs=3 * blind.error)
    assert blind.is_worse
    assert advice.best.move == look.move


def test_the_search_is_stopped_where_the_textbook_stops_it():
    """With cash for one more try, settle: .3 + .7 (.3 + .7 (.3 + .7 x .5)) in all.

    Settling at once reaches the goal in half of all lives, never settling in 1 - .7^4 of them.
    """
    found = searched()
    best = 0.3 + 0.7 * (0.3 + 0.7 * (0.3 + 0.7 * 0.5))
    assert found.chance == pytest.approx(best, abs=3 * found.error)
    assert found.best_fixed == pytest.approx(1 - 0.7**4, abs=3 * found.error)
    ((_, rule),) = found.rules
    assert isinstance(rule, Split)
    seen = {"cash": [400.0, 300.0, 200.0, 100.0], "week": [1.0, 2.0, 3.0, 4.0]}
    arrays = {name: np.array(of) for name, of in seen.items()}
    arrays["tries"] = arrays["week"] - 1
    assert choose(rule, arrays).tolist() == [0, 0, 0, 1]


def failing_on(luck: int):
    """The positions of the search on a luck as long as it goes on, at most four."""
    found = [rehearse(Plan.model_validate(SEARCH), luck)]
    while len(found) < 4 and (after := found[-1].after("as-written")).fate is None:
        found.append(after)
    return found


def test_the_coach_settles_exactly_when_the_textbook_does():
    """With cash for n tries the best chance is max(.5, .3 + .7 of that for n - 1), to rounding.

    Played on a luck on which three tries fail, the coach is asked after each of them.
    """
    best = [0.0, 0.5]
    for _ in range(3):
        best.append(max(0.5, 0.3 + 0.7 * best[-1]))
    positions = next(found for found in map(failing_on, range(1, 60)) if len(found) == 4)
    for left, position in zip((4, 3, 2, 1), positions, strict=True):
        advice = advise(position)
        assert advice.chance == pytest.approx(best[left], abs=1e-12)
        assert advice.best.move.kind == ("take" if left == 1 else "as-written")


def test_the_policy_is_reported_in_words_and_as_data(tmp_path, capsys):
    """`workbook policy` says the rule, what it is worth, and the same in JSON."""
    path = tmp_path / "search.yaml"
    path.write_text(json.dumps({"plan": 1, **SEARCH}), encoding="utf-8")
    assert main(["policy", str(path), "--lang", "en"]) == 0
    reported = capsys.readouterr().out
    assert "take “settle”" in reported
    assert "To decide by what you see is worth" in reported
    assert main(["policy", str(path), "--json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert plain["goal"]["policy"] == pytest.approx(searched().chance)
    assert plain["over_fixed"]["clear"]
    assert "选“settle”" in "".join(policy_lines(searched(), Words("zh")))


def test_a_plan_without_a_decision_says_so(tmp_path, capsys):
    """Without a fork and without anything to leave out there is no policy, and that is said."""
    plain = {**SEARCH, "plan": 1, "forks": []}
    path = tmp_path / "search.yaml"
    path.write_text(json.dumps(plain), encoding="utf-8")
    assert main(["policy", str(path), "--lang", "en"]) == 0
    assert "no decision in it" in capsys.readouterr().out
