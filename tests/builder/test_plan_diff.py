"""What was changed between two versions, in words only: no key, no id with a name, no raw data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product
from typing import Any

import pytest
import yaml
from hypothesis import given
from pydantic import BaseModel

from any_plan import plans
from examples import examples, some
from workbook import cases
from workbook.builder.paths import in_plain_words
from workbook.builder.plan_diff import compare, differences
from workbook.builder.state import State
from workbook.consistency.shape import Described, described
from workbook.errors import Message
from workbook.plan import Due, Fork, LogEntry, Measure, Milestone, Option, Plan
from workbook.words import Words

RAW = re.compile(
    r"[{}\[\]<>`]|\b(None|True|False|nan|inf)\b|\b[a-z]+_[a-z_]+\b|'\w+'|\w\.\w*[a-z]_?\w"
)
"""What no reader may see: data as Python writes it, a key, a dotted path."""

READERS = (Words("en"), Words("zh"))


def lozenge() -> Plan:
    """A case with everything: forks with options, tests, funding, bilingual texts."""
    return cases.load("caffeine-lozenge").plan


def reported_plainly(messages: Iterator[Message]) -> list[str]:
    """The sentences in English; none of either language shows anything raw."""
    found = [[w.message(message) for w in READERS] for message in messages]
    for pair in found:
        for sentence in pair:
            assert not RAW.search(sentence), sentence
            assert sentence.strip()
    return [english for english, _ in found]


@cache
def furnished() -> Plan:
    """The lozenge with a log, a decision, money promised and a measure: a place for every key."""
    state = State(lozenge())
    assert state.log(state.plan.ids[0], "failed", 2, 20_000.0, "it rained")
    assert state.decide("go", "on we go")
    assert state.set("due", [{"week": 4, "amount": 1200, "chance": 0.5}])
    assert state.set("measures", {"nps": {"value": 30, "unit": "points", "label": "NPS"}})
    return state.plan


def places() -> Iterator[tuple[str, Described]]:
    """Every key at every place where it can stand, with what describes it."""
    plan = furnished()
    milestone, fork = plan.ids[1], plan.forks[0]
    option = f"forks.{fork.id}.options.{fork.options[0].id}."
    under: tuple[tuple[type[BaseModel], str], ...] = (
        (Plan, ""),
        (Milestone, f"milestones.{milestone}."),
        (Fork, f"forks.{fork.id}."),
        (Option, option),
        (Milestone, f"{option}milestones.{milestone}."),
        (LogEntry, "log.0."),
        (LogEntry, "log.1."),
        (Due, "due.0."),
        (Measure, "measures.nps."),
    )
    for model, at in under:
        for one in described(model):
            if one.path not in ("id", "plan"):
                yield at + one.path, one


def cases_of(found: Iterable[tuple[str, Described]]) -> Iterator[Any]:
    """A case for each place; a milestone's edit in an option has the same keys once more."""
    for turn, (path, one) in enumerate(found):
        again = [pytest.mark.thorough] if ".milestones." in path or path.startswith("log.1") else []
        yield pytest.param(path, one, turn, id=path, marks=again)


NUMBERS = (-1, 1e15, 0, 0.5, 7, None, [1, 2], [3, 2, 1], [1, 2, 3])
TEXTS = ("abc", "<b>x</b>", "{x}", "", "a\nb", "x" * 500)
TYPED = (
    *("abc", "{x}", "", "-1", "1e30", "+5", "1,234", "2-4", "(3)", "50%", "3 months", "0.5"),
    *("99999999999999", "￥5", "$5", "９"),
)


def edits(path: str, one: Described) -> Iterator[tuple[str, Any, bool]]:
    """What a screen can ask of a place: the path, a value, and whether it is typed into a box."""
    if one.key.example:
        yield path, yaml.safe_load(one.key.example), False
    shape = one.shape
    if shape.number:
        yield from ((path, v, False) for v in NUMBERS if shape.item or not isinstance(v, list))
        yield from ((path, text, True) for text in TYPED)
        yield from ((f"{path}.0", text, True) for text in TYPED if shape.item)
    elif shape.model is None and shape.item is None and shape.entry is None and not shape.flag:
        yield from ((path, text, False) for text in TEXTS)
    else:
        yield path, None, False


def said_by(state: State) -> Iterator[str]:
    """All that the screen says after an edit, in both languages."""
    entry = state.entry
    for w in READERS:
        for message in (state.said, *(entry.notes if entry else ())):
            yield in_plain_words(w.message(message), state.plan, w)


def test_a_key_in_a_sentence_has_the_label_of_the_part_that_the_sentence_is_about():
    """The last week of money promised is not the last closed week, though both have one key."""
    plan, said = furnished(), "take `until_week` out"
    found = {at: in_plain_words(said, plan, READERS[0], at) for at in ("due.0.week", "closed.0.x")}
    assert len(set(found.values())) == 2
    assert "closed" in found["closed.0.x"]
    assert "closed" not in found["due.0.week"]


@pytest.mark.parametrize(("path", "one", "turn"), list(cases_of(places())))
def test_every_edit_of_a_plan_is_reported_in_words(path, one, turn):
    """Made or refused, said and compared: no repr, no key, no dotted path, in both languages."""
    plan = furnished()
    for place, value, typed in some(edits(path, one), turn):
        state = State(plan)
        done = state.enter(place, value) if typed else state.set(place, value)
        assert done or state.plan == plan
        reported = [*said_by(state), *reported_in(differences(plan, state.plan))]
        reported += reported_in(differences(state.plan, plan))
        for sentence in reported:
            ours = sentence.replace(f"'{value}'", "Q").replace(str(value) or "'", "Q")
            for own in value if isinstance(value, list) else ():  # typed by the founder, too
                ours = ours.replace(f"'{own}'", "Q")
            assert not RAW.search(ours), (place, value, sentence)
            assert sentence.strip()


def reported_in(messages: Iterator[Message]) -> list[str]:
    """The sentences in both languages."""
    return [w.message(message) for message in messages for w in READERS]


def test_every_action_is_reported_in_words():
    """What buttons and keys do, done and refused, with names of milestones that do not exist."""
    plan = furnished()
    first, second, third = plan.ids[:3]
    fork = plan.forks[0]
    ids = (first, second, third, plan.goal, "nobody", "")
    calls = [(name, (id,)) for name in ("delete", "leave_out", "goal_is", "move") for id in ids]
    calls += [(name, pair) for name in ("link", "unlink") for pair in product(ids, ids)]
    calls += [("choose", (fork.id, option.id)) for option in fork.options]
    calls += [("choose", ("nobody", "nothing")), ("choose", (fork.id, "nothing"))]
    calls += [("choose", (fork.id, None)), ("undo", ()), ("redo", ()), ("clear", ())]
    calls += [("add", ("A new one", first)), ("add", ("", None)), ("add", ("x", "nobody"))]
    calls += [("rename", (first, "")), ("rename", (first, "New")), ("rename", ("nobody", "x"))]
    calls += [
        ("log", (id, result, week))
        for id in ids
        for result in ("passed", "failed", None)
        for week in (None, 1, -1)
    ]
    calls += [("decide", (what,)) for what in ("go", "no-go", "redirect", "x")]
    calls += [("forget", (n,)) for n in (-1, 0, 1, 2)]
    for name, details in calls:
        for times in (1, 2):  # asked twice, it is done
            state = State(plan)
            for _ in range(times):
                getattr(state, name)(*details)
            for sentence in (*said_by(state), *reported_in(differences(plan, state.plan))):
                assert not RAW.search(sentence), (name, details, sentence)


@pytest.mark.slow
def test_most_edits_can_be_made():
    """The walk above is no walk past closed gates."""
    examples = [(path, one.key.example) for path, one in places() if one.key.example]
    made = [path for path, text in examples if State(furnished()).set(path, yaml.safe_load(text))]
    assert len(made) > 0.6 * len(examples)


@pytest.mark.slow
@examples(60)
@given(one=plans(), other=plans())
def test_any_two_plans_are_distinguished_in_words(one, other):
    """Whatever plans are laid beside each other; none where they are the same."""
    one, other = one[0], other[0]
    reported = reported_plainly(differences(one, other))
    same = {"id", "plan"}
    assert bool(reported) == (one.model_dump(exclude=same) != other.model_dump(exclude=same))


def test_a_change_at_a_fork_names_fork_and_options():
    """One option taken, then another: what is there are their names."""
    plan = lozenge()
    fork = plan.forks[0]
    state = State(plan)
    first, second = fork.options[0], fork.options[1]
    state.choose(fork.id, first.id)
    before = state.plan
    state.choose(fork.id, second.id)
    w = READERS[0]
    (reported,) = reported_plainly(differences(before, state.plan))
    assert (
        reported == f"At the fork “{w.name(fork)}”: {w.name(first)} before, {w.name(second)} now."
    )
    assert compare(before, state.plan, runs=200).changes
    (reported,) = reported_plainly(differences(plan, before))
    assert f"no option taken before, {w.name(first)} now" in reported
    assert compare(before, state.plan, runs=200).changes


def test_figures_are_reported_with_their_units():
    """Money with its currency, shares in per cent, milestones by name, a promised sum in words."""
    state = State(lozenge())
    first, second = state.plan.ids[:2]
    before = state.plan
    state.set("due", [{"week": 4, "amount": 1200, "chance": 0.5}])
    state.set(f"milestones.{second}.attempts", 3)
    state.set(f"milestones.{second}.relies_on", [])
    state.leave_out(first)
    reported = reported_plainly(differences(before, state.plan))
    assert "money promised: – before, ¥1,200 in week 4 (50%) now." in reported
    name = READERS[0].name(state.plan.milestone(first))
    assert any(line == f"what is left out: – before, {name} now." for line in reported)
