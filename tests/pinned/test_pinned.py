"""What plans came to before: no ordinary plan may move by a bit when an engine is rewritten.

`plans.json` holds fifty plans drawn once at random, and `fates.json` what came of them and of every
shipped case with each of its options. Where a rule of the week itself was mended, the commit that
moves a figure says so; `python tests/pinned/test_pinned.py` writes the figures again.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from examples import by_hand
from workbook.cases import load
from workbook.plan import Plan
from workbook.play import play

HERE = Path(__file__).parent
CASES = ("ai-companion", "caffeine-lozenge", "side-business", "training-camp")


def pinned_plans():
    """Name, plan and choices of everything that is held fast."""
    found = {}
    for case in CASES:
        plan = load(case).plan
        found[case] = (plan, {})
        for fork in plan.forks:
            for option in fork.options:
                found[f"{case}/{fork.id}={option.id}"] = (plan, {fork.id: option.id})
    for entry in json.loads((HERE / "plans.json").read_text(encoding="utf-8")):
        found[entry["name"]] = (Plan.model_validate(entry["plan"], strict=False), entry["choices"])
    return found


def figures(plan, choices):
    """What is held fast of a plan: the answer, and every simulated life of one seed."""
    answer = play(plan, choices, runs=2_000)
    lives = play(plan, choices, how="simulated", runs=1_000, seed=3).lives
    words = [lives.fate, lives.end_week, np.rint(lives.cash * 100), np.rint(lives.spent * 100)]
    words += [lives.reached_week, lives.attempts, lives.died_in]
    whole = b"".join(np.ascontiguousarray(word, dtype=np.int64).tobytes() for word in words)
    return {
        "how": answer.how,
        "fates": dict(answer.fates),
        "mean": dict(vars(answer.mean)),
        "lives": sha256(whole).hexdigest()[:16],
    }


PLANS = pinned_plans()
WITH_A_CHOICE = [name for name in PLANS if "=" in name]


@pytest.mark.parametrize("name", [*(n for n in PLANS if "=" not in n), *by_hand(WITH_A_CHOICE)])
def test_a_plan_comes_to_what_it_came_to_before(name):
    """Exact chances to the twelfth decimal, simulated lives to the cent and the week."""
    expected = json.loads((HERE / "fates.json").read_text(encoding="utf-8"))[name]
    found = figures(*PLANS[name])
    assert found["how"] == expected["how"]
    assert found["fates"] == pytest.approx(expected["fates"], abs=1e-12)
    for mean, value in expected["mean"].items():
        reported = found["mean"][mean]
        assert reported is value is None or reported == pytest.approx(value, rel=1e-12), mean
    assert found["lives"] == expected["lives"]


if __name__ == "__main__":
    reported = {name: figures(*of) for name, of in PLANS.items()}
    text = ",\n".join(f"{json.dumps(name)}: {json.dumps(one)}" for name, one in reported.items())
    (HERE / "fates.json").write_text("{\n" + text + "\n}\n", encoding="utf-8")
