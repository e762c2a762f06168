"""What to try next: slow answers, computed a piece at a time.

Each `next()` on `advise(...)` costs one play of the plan at most; the view calls it while nothing
else is to be done, and stops as soon as the plan has changed. Every play uses the same luck as the
base (`Asked`); what was picked as the best of many is played again on new luck before it is
reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from workbook.builder.answers import quick_way
from workbook.builder.asked import Asked, Piece
from workbook.builder.cash_search import search_cash
from workbook.builder.edits import quoted
from workbook.builder.forks import choose, name_of
from workbook.builder.moves import Move, large_moves, small_moves
from workbook.edit import reordered
from workbook.errors import Message, Money
from workbook.logged import plan_from_today
from workbook.outcomes import Outcomes
from workbook.plan import Plan
from workbook.play import Gap, How, cash_gap, goal_gap
from workbook.sequence.precedence import Precedence
from workbook.sequence.ranking import better

RUNS = 1_000
MOST_SWAPS = 24
MOST_MOVES = 3
SMALLEST = 0.005
"""A gain of less than half a point is not worth a learner's time."""


@dataclass(frozen=True)
class Advice:
    """What is known so far; `done` once nothing more will come.

    `gains` has for each milestone how much likelier the goal were, if that were certain.
    """

    pieces: tuple[Piece, ...] = ()
    gains: Mapping[str, Gap] = field(default_factory=dict)
    done: bool = False


def advise(plan: Plan, *, runs: int = RUNS, seed: int = 1, how: How = "auto") -> Iterator[Advice]:
    """Advice on a plan, growing from step to step; the last one is `done`.

    `how` is "simulated" where exact plays of this plan are slow.
    """
    if not plan.milestones:
        yield Advice(done=True)
        return
    asked = Asked(plan, runs, seed, quick_way(plan, how))
    advice = Advice()
    yield advice
    for id, gain in asked.gains():
        advice = replace(advice, gains={**advice.gains, id: gain})
        yield advice
    pieces = [*_important(asked, advice.gains), *_belief(asked, advice.gains)]
    for found in (
        _two_at_once(asked),
        _moves(asked, advice.gains),
        _forks(asked),
        _swap(asked),
        search_cash(asked),
    ):
        for piece in found:
            if piece is not None:
                pieces.append(piece)
            yield replace(advice, pieces=tuple(pieces))
    yield replace(advice, pieces=tuple(pieces), done=True)


def _clear(gain: Gap) -> bool:
    return gain.clear and gain.value >= SMALLEST


def _points(gain: Gap) -> str:
    return f"{gain.value * 100:.0f}" if gain.value >= 0.1 else f"{gain.value * 100:.1f}"


def _moves(asked: Asked, gains: Mapping[str, Gap]) -> Iterator[Piece | None]:
    """The moves that help most, each played again on new luck; one play a step."""
    hopeless = asked.base.fates["goal"] < SMALLEST
    ranked = sorted(gains, key=lambda id: -gains[id].value)[:MOST_MOVES]
    tried = large_moves(asked.plan) if hopeless else small_moves(asked.plan, ranked)
    good: list[tuple[float, Move]] = []
    for move in tried:
        gain = goal_gap(asked.base, asked.played(move.plan))
        if _clear(gain):
            good.append((gain.value, move))
        yield None
    best = good if hopeless else sorted(good, key=lambda one: -one[0])
    for _, move in best[:MOST_MOVES]:
        fresh = asked.seed + 1
        gain = goal_gap(asked.played(asked.plan, fresh), asked.played(move.plan, fresh))
        if _clear(gain):
            values = {"what": move.what, "gain": _points(gain)}
            message = Message("{what}: {gain} more of 100 lives would reach the goal.", values)
            yield Piece("move", message, move.ids, move.plan, gain.value, move.what)
    if hopeless and not good:
        template = (
            "Nothing of the usual lifts the odds from 0: not four times the cash that it takes"
            " with half of all costs and half of the failures. Look at what cannot happen: a"
            " deadline, a level, a pass rate of 0."
        )
        yield Piece("move", Message(template))


def _two_at_once(asked: Asked) -> Iterator[Piece | None]:
    """What a second pair of hands would bring, where the chain branches."""
    plan = asked.plan
    if plan.teams > 1 or not branches(plan):
        return
    both = plan.model_copy(update={"teams": 2})
    gain = goal_gap(asked.base, asked.played(both))
    if not _clear(gain):
        return
    n = round(100 * (asked.base.fates["goal"] + gain.value))
    message = Message(
        "Two people, two milestones at once? {n} of 100 would reach the goal.", {"n": n}
    )
    what = Message("Two people? The odds would be {n}", {"n": n})
    yield Piece("team", message, (), both, gain.value, what)


def branches(plan: Plan) -> bool:
    """Whether two milestones of a plan can be worked on at once."""
    precedence = Precedence.of(plan_from_today(plan))
    return any(True for _ in precedence.swaps(tuple(range(len(precedence.ids)))))


def _forks(asked: Asked) -> Iterator[Piece | None]:
    """The odds of every option of each fork, side by side on the same luck."""
    for fork in asked.plan.forks:
        sides: list[Message] = []
        for option in (None, *fork.options):
            played = asked.played(choose(asked.plan, fork.id, option.id if option else None)[0])
            values: dict[str, object] = {"n": round(played.fates["goal"] * 100)}
            if option is None:
                sides.append(Message("{n} as written", values))
            else:
                sides.append(Message("{n} with “{option}”", {**values, "option": name_of(option)}))
            yield None
        template = "At “{fork}”, of 100 lives at the goal: {sides}."
        yield Piece("fork", Message(template, {"fork": name_of(fork), "sides": sides}))


def _important(asked: Asked, gains: Mapping[str, Gap]) -> Iterator[Piece]:
    """The milestones that hold the goal back most, three at most."""
    ranked = sorted(gains, key=lambda id: -gains[id].value)
    held = [id for id in ranked if _clear(gains[id]) and id not in asked.plan.skips][:3]
    if not held:
        if asked.base.fates["goal"] >= SMALLEST:
            yield Piece("important", Message("No milestone clearly holds the goal back."))
        return
    template = (
        "“{milestone}” matters most: were it certain, {gain} more of 100 lives would reach the"
        " goal."
    )
    values = {"milestone": asked.called(held[0]), "gain": _points(gains[held[0]])}
    message = Message(template, values)
    if len(held) > 1:
        others = quoted(asked.plan, held[1:])
        message = Message("{first} After it: {others}.", {"first": message, "others": others})
    yield Piece("important", message, tuple(held))


def _belief(asked: Asked, gains: Mapping[str, Gap]) -> Iterator[Piece]:
    """The belief whose being false would cost most: the one to test first."""
    tested = [m for m in asked.plan.milestones if m.tests and m.id in gains]
    open_ = [m for m in tested if m.tests and m.tests.belief < 1 and _clear(gains[m.id])]
    if not open_:
        return
    riskiest = max(open_, key=lambda m: gains[m.id].value)
    assert riskiest.tests is not None
    values = {
        "name": asked.called(riskiest.id),
        "belief": round(riskiest.tests.belief * 100),
        "gain": _points(gains[riskiest.id]),
    }
    template = (
        "Test “{name}” first: you believe it to {belief} of 100, and if it were sure, {gain} more"
        " of 100 lives would reach the goal."
    )
    if riskiest.id in asked.plan.skips:
        template = (
            "You walk around “{name}”, which you believe to {belief} of 100; if it were sure,"
            " {gain} more of 100 lives would reach the goal."
        )
    yield Piece("belief", Message(template, values), (riskiest.id,))


def _swap(asked: Asked) -> Iterator[Piece | None]:
    """The best swap of two milestones, neighbours tried first; shown only if it holds elsewhere."""
    plan = asked.plan
    precedence = Precedence.of(plan_from_today(plan))
    today = tuple(range(len(precedence.ids)))
    best: tuple[tuple[float, float], int, int, tuple[int, ...]] | None = None
    for i, j, after in islice(precedence.swaps(today), MOST_SWAPS):
        gaps = _gaps(asked.base, asked.played(reordered(plan, precedence.names(after))))
        if better(*gaps):
            score = (gaps[0].value if gaps[0].clear else 0.0, gaps[1].value)
            best = max(best or (score, i, j, after), (score, i, j, after))
        yield None
    if best is None:
        yield Piece("swap", Message("No swap of two milestones would clearly help."))
        return
    _, i, j, after = best
    swapped = reordered(plan, precedence.names(after))
    yield _held(asked, swapped, precedence.ids[i], precedence.ids[j])


def _gaps(before: Outcomes, after: Outcomes) -> tuple[Gap, Gap]:
    return goal_gap(before, after), cash_gap(before, after)


def _held(asked: Asked, swapped: Plan, first: str, second: str) -> Piece:
    """The swap as it does on fresh luck, on which it was not picked."""
    fresh = asked.seed + 1
    goal, cash = _gaps(asked.played(asked.plan, fresh), asked.played(swapped, fresh))
    names: dict[str, object] = {"first": asked.called(first), "second": asked.called(second)}
    if not better(goal, cash):
        return Piece("swap", Message("No swap of two milestones would clearly help."))
    if goal.clear and goal.value >= SMALLEST:
        template = "Try “{second}” before “{first}”: {gain} more of 100 lives would reach the goal."
        message = Message(template, {**names, "gain": _points(goal)})
    else:
        template = (
            "Try “{second}” before “{first}”: as many lives reach the goal, with {saved} more left"
            " on average."
        )
        saved = Money(max(1, round(cash.value)), asked.plan.currency)
        message = Message(template, {**names, "saved": saved})
    return Piece("swap", message, (second, first), swapped)
