"""What was changed between two versions, in words only: no key, no id with a name, no raw data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from any_plan import plans
from workbook import cases
from workbook.builder.labels import in_plain_words
from workbook.builder.paths import with_value
from workbook.builder.plan_diff import compare, differences
from workbook.builder.refusal import RefusedError
from workbook.builder.state import State
from workbook.consistency.described import described
from workbook.errors import InputError, Message
from workbook.plan import Milestone, Option, Plan
from workbook.words import Words

RAW = re.compile(
    r"[{}\[\]<>`]|\b(None|True|False|nan|inf)\b|\b[a-z]+_[a-z_]+\b|'\w+'|\w\.\w*[a-z]_?\w"
)
"""What no reader may see: data as Python writes it, a key, a dotted path."""

READERS = (Words("en"), Words("zh"))


def lozenge() -> Plan:
    """A case with everything: forks with options, tests, funding, bilingual texts."""
    return cases.load("caffeine-lozenge").plan


def told_plainly(messages: Iterator[Message]) -> list[str]:
    """The sentences in English; none of either language shows anything raw."""
    found = [[w.message(message) for w in READERS] for message in messages]
    for pair in found:
        for sentence in pair:
            assert not RAW.search(sentence), sentence
            assert sentence.strip()
    return [english for english, _ in found]


def edits() -> Iterator[tuple[str, Any]]:
    """Every value that a plan, a milestone and an option may hold, as its example writes it."""
    plan = lozenge()
    milestone, fork = plan.ids[1], plan.forks[0]
    places = ((Plan, ""), (Milestone, f"milestones.{milestone}."))
    places = (*places, (Option, f"forks.{fork.id}.options.{fork.options[0].id}."))
    for model, under in places:
        for one in described(model):
            if one.key.example and one.path not in ("id", "plan"):
                yield under + one.path, yaml.safe_load(one.key.example)


@pytest.mark.parametrize(("path", "value"), list(edits()), ids=lambda v: str(v)[:40])
def test_every_edit_of_a_plan_is_told_in_words(path, value):
    """Made, it is said and compared without a repr, a key or a dotted path, in both languages."""
    plan = lozenge()
    state = State(plan)
    try:
        with_value(plan, path, value)
    except (InputError, RefusedError):
        assert not state.set(path, value)  # refused in words
    else:
        assert state.set(path, value)
    for w in READERS:
        said = in_plain_words(w.message(state.said), state.plan, w)
        assert not RAW.search(said), said
    if state.plan != plan:
        assert told_plainly(differences(plan, state.plan))
        assert told_plainly(differences(state.plan, plan))


@pytest.mark.slow
def test_most_edits_can_be_made():
    """The walk above is no walk past closed gates."""
    made = [path for path, value in edits() if State(lozenge()).set(path, value)]
    assert len(made) > 0.6 * len(list(edits()))


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(one=plans(), other=plans())
def test_any_two_plans_are_told_apart_in_words(one, other):
    """Whatever plans are laid beside each other; none where they are the same."""
    one, other = one[0], other[0]
    told = told_plainly(differences(one, other))
    same = {"id", "plan"}
    assert bool(told) == (one.model_dump(exclude=same) != other.model_dump(exclude=same))


def test_a_change_at_a_fork_names_fork_and_options():
    """One option taken, then another: what stands there are their names."""
    plan = lozenge()
    fork = plan.forks[0]
    state = State(plan)
    first, second = fork.options[0], fork.options[1]
    state.choose(fork.id, first.id)
    before = state.plan
    state.choose(fork.id, second.id)
    w = READERS[0]
    (told,) = told_plainly(differences(before, state.plan))
    assert told == f"At the fork “{w.name(fork)}”: {w.name(first)} before, {w.name(second)} now."
    assert compare(before, state.plan, runs=200).changes
    (told,) = told_plainly(differences(plan, before))
    assert f"no option taken before, {w.name(first)} now" in told
    assert compare(before, state.plan, runs=200).changes


def test_figures_are_told_with_their_units():
    """Money with its currency, shares in per cent, milestones by name, a promised sum in words."""
    state = State(lozenge())
    first, second = state.plan.ids[:2]
    before = state.plan
    state.set("due", [{"week": 4, "amount": 1200, "chance": 0.5}])
    state.set(f"milestones.{second}.attempts", 3)
    state.set(f"milestones.{second}.relies_on", [])
    state.leave_out(first)
    told = told_plainly(differences(before, state.plan))
    assert "money promised: – before, ¥1,200 in week 4 (50%) now." in told
    name = READERS[0].name(state.plan.milestone(first))
    assert any(line == f"what is left out: – before, {name} now." for line in told)
