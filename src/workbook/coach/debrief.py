"""After a rehearsal: how much of its ending was choice, and how much was luck.

V is the chance of the goal from a position if one goes on well (`advice`). At every decision the
move taken costs V after it minus V after the best move, which is never positive, and nothing where
the two cannot be distinguished; what V does from then to the next decision is luck. So the start,
the costs and the luck add up to the ending, 1 for the goal and 0 without it, exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum
from typing import Any

from workbook.coach.advice import Advice, Value, advise
from workbook.coach.between import odds_between
from workbook.life import Event
from workbook.plan import Plan
from workbook.rehearsal import Move, Position, rehearse
from workbook.rehearsal.moves import AS_WRITTEN

DECISIVE = 3
"""How many decisions are described one by one."""
NOTABLE = 0.01
"""A decision that costs less than a point is not called a mistake."""
LUCKY = 0.15
"""From this on what an event did to the chance of the goal is named."""
MOST_TURNS = 200

OnTurn = Callable[[float], None]


def unheard(share: float) -> None:
    """Ignore the progress."""


@dataclass(frozen=True)
class Turn:
    """A decision and what came of it.

    Attributes
    ----------
    week
        The week that it was made in.
    before, cost, error
        The chance of the goal under the best move; what the move taken costs of it (≤ 0), and the
        error of that cost.
    luck
        The change of the chance from then to the next decision, or to the end.
    advice
        The value of every move that there was.
    events
        What happened until the next decision.
    between
        The chance of the goal by week after each result until then, if that was asked for.
    """

    week: int
    move: Move
    best: Move
    before: float
    cost: float
    error: float
    luck: float
    advice: Advice
    position: Position
    events: tuple[Event, ...]
    between: tuple[tuple[int, float], ...] = ()

    @property
    def after(self) -> float:
        """The chance of the goal after the move taken."""
        return self.before + self.cost

    @property
    def mattered(self) -> float:
        """How much depended on it: the gap of the best move to the move taken, or else to the
        best of the other moves that are clearly worse.
        """
        if self.cost < 0:
            return -self.cost
        worse = [-value.gap.value for value in self.rivals if value.is_worse]
        return min(worse, default=0.0)

    @property
    def rivals(self) -> tuple[Value, ...]:
        """The other moves that do something: neither stopping nor waiting."""
        taken = self.advice.of(self.move).move
        others = (value for value in self.advice.values if value.move != taken)
        return tuple(value for value in others if value.move.kind not in ("stop", "wait"))

    @property
    def was_good(self) -> bool:
        """Whether nothing better was to be had, or nothing clearly better."""
        return self.cost > -NOTABLE


@dataclass(frozen=True)
class Chance:
    """A step of luck after a decision: the chance of the goal before it and in the week after it,
    with what happened.
    """

    turn: Turn
    week: int
    before: float
    after: float
    events: tuple[Event, ...]

    @property
    def step(self) -> float:
        """What it did to the chance."""
        return self.after - self.before


@dataclass(frozen=True)
class Ending:
    """How a life ended: its fate, week and cash, and the line that replays it, if it has one."""

    fate: str
    week: int
    cash: float
    line: str = ""

    @property
    def reached(self) -> bool:
        """Whether it reached the goal."""
        return self.fate == "goal"


@dataclass(frozen=True)
class Debrief:
    """A rehearsal taken apart; `coach` and `founder` lived on the same luck, where asked for."""

    plan: Plan
    seed: int
    ending: Ending
    turns: tuple[Turn, ...]
    coach: Ending | None = None
    founder: Ending | None = None

    @property
    def start(self) -> float:
        """The chance of the goal at the start, if one goes on well."""
        return self.turns[0].before if self.turns else self.end

    @property
    def end(self) -> float:
        """1 if the goal was reached, else 0."""
        return 1.0 if self.ending.reached else 0.0

    @property
    def cost(self) -> float:
        """What all decisions cost, 0 or less."""
        return fsum(turn.cost for turn in self.turns)

    @property
    def luck(self) -> float:
        """What luck gave, or took: the rest of the way from the start to the ending."""
        return self.end - self.start - self.cost

    @property
    def worst(self) -> Turn | None:
        """The decision that cost most; None if none cost anything to speak of."""
        found = min(self.turns, key=lambda turn: turn.cost, default=None)
        return None if found is None or found.was_good else found

    @property
    def decisive(self) -> tuple[Turn, ...]:
        """The decisions that mattered most, at most three, in the order in which they came."""
        ranked = sorted(self.turns, key=lambda turn: -turn.mattered)
        chosen = [turn for turn in ranked if turn.mattered >= NOTABLE][:DECISIVE]
        return tuple(turn for turn in self.turns if any(turn is one for one in chosen))

    @property
    def points(self) -> tuple[tuple[int, float], ...]:
        """The odds line: the chance of the goal by week, before and after each decision, and after
        each result between decisions.
        """
        found: list[tuple[int, float]] = []
        for turn in self.turns:
            found += [(turn.week, turn.before), (turn.week, turn.after), *turn.between]
        last = max([self.ending.week, *(week for week, _ in found[-1:])])
        return (*found, (last, self.end))

    @property
    def chances(self) -> tuple[Chance, ...]:
        """What luck did, step by step: with the costs of the decisions it is the whole line."""
        found = []
        nexts = [*(turn.week for turn in self.turns[1:]), self.ending.week]
        for turn, week in zip(self.turns, nexts, strict=True):
            at, rest = turn.after, turn.events
            for then, chance in turn.between:
                events = tuple(event for event in rest if event.week < then)
                found.append(Chance(turn, then, at, chance, events))
                at, rest = chance, rest[len(events) :]
            found.append(Chance(turn, week, at, turn.after + turn.luck, rest))
        return tuple(found)

    @property
    def lucky(self) -> tuple[Chance, ...]:
        """The events that moved the chance most, at most three, in the order in which they came."""
        steps = self.chances
        ranked = sorted(steps, key=lambda one: -abs(one.step))
        chosen = [one for one in ranked if abs(one.step) >= LUCKY][:DECISIVE]
        return tuple(one for one in steps if any(one is other for other in chosen))

    def as_json(self) -> dict[str, Any]:
        """Return plain data for `--json`: start + Σ cost + luck = ending."""
        decisions = [
            {
                "week": turn.week,
                "move": str(turn.move),
                "best": str(turn.best),
                "cost": turn.cost,
                "error": turn.error,
            }
            for turn in self.turns
        ]
        others = {"coach": self.coach, "founder": self.founder}
        return {
            "plan": self.plan.id,
            "seed": self.seed,
            "moves": [str(turn.move) for turn in self.turns],
            "fate": self.ending.fate,
            "weeks": self.ending.week,
            "cash": self.ending.cash,
            "start": self.start,
            "ending": self.end,
            "decisions": decisions,
            "luck": self.luck,
            **{name: vars(one) for name, one in others.items() if one is not None},
        }


def debrief(
    last: Position,
    *,
    founder: Mapping[str, str] | None = None,
    with_coach: bool = True,
    lives: int | None = None,
    between: bool = False,
    on_turn: OnTurn = unheard,
) -> Debrief:
    """Take a rehearsal apart that has ended.

    Parameters
    ----------
    founder
        The option that the founder of the story took at each fork, to live on the same luck.
    with_coach
        Whether the coach lives on the same luck, too, which takes as long as the debrief itself.
    lives
        Lives that each move is valued on.
    between
        Whether the odds line has points between decisions, after each result.
    on_turn
        Called after each decision with the share (0..1) that is done.
    """
    positions = played(last.plan, last.seed, last.made)
    advices, odds = [], []
    for number, (position, move) in enumerate(zip(positions, last.made, strict=False), start=1):
        advices.append(advise(position, lives, move))
        odds.append(odds_between(position, move, advices[-1]) if between else ())
        on_turn(number / len(positions))
    coach = _ending(by_coach(last.plan, last.seed, lives)) if with_coach else None
    taken = _ending(play_choices(last.plan, last.seed, founder)) if founder is not None else None
    on_turn(1.0)
    turns = _turns(positions, last.made, advices, odds)
    return Debrief(last.plan, last.seed, _ending(last), turns, coach, taken)


def _turns(
    positions: Sequence[Position],
    moves: Sequence[Move],
    advices: Sequence[Advice],
    odds: Sequence[tuple[tuple[int, float], ...]],
) -> tuple[Turn, ...]:
    end = 1.0 if positions[-1].fate == "goal" else 0.0
    afters = [*(advice.chance for advice in advices[1:]), end]
    found = zip(positions, moves, advices, afters, strict=False)
    turns = [_turn(*one, positions[n]) for n, one in enumerate(found, start=1)]
    return tuple(replace(turn, between=line) for turn, line in zip(turns, odds, strict=True))


def _turn(position: Position, move: Move, advice: Advice, then: float, following: Position) -> Turn:
    """Return a decision, with the chance of the goal at the one that follows."""
    value = advice.of(move)
    return Turn(
        week=position.week,
        move=move,
        best=advice.best.move if value.is_worse else value.move,
        before=advice.chance,
        cost=value.cost,
        error=value.gap.error,
        luck=then - (advice.chance + value.cost),
        advice=advice,
        position=position,
        events=following.events,
    )


def played(plan: Plan, seed: int, moves: Sequence[Move]) -> list[Position]:
    """Return every position of a rehearsal, from its first decision to its end."""
    found = [rehearse(plan, seed)]
    for move in moves:
        found.append(found[-1].after(move))
    return found


def by_coach(plan: Plan, seed: int, lives: int | None = None) -> Position:
    """Return the end of a rehearsal in which every decision is the coach's."""
    position, turns = rehearse(plan, seed), 0
    while position.fate is None and turns < MOST_TURNS:
        position = position.after(coach_move(position, lives))
        turns += 1
    return position


def coach_move(position: Position, lives: int | None = None) -> Move:
    """Return the coach's move; where there is nothing to decide, none is simulated."""
    going_on = [move for move in position.moves if move.kind != "stop"]
    return going_on[0] if len(going_on) == 1 else preferred(advise(position, lives))


def preferred(advice: Advice) -> Move:
    """Return the best move; going on in the plan's own order if nothing is clearly better."""
    plain = [value for value in advice.values if value.move.kind in ("as-written", "work")][:1]
    return next((value.move for value in plain if not value.is_worse), advice.best.move)


def play_choices(plan: Plan, seed: int, choices: Mapping[str, str]) -> Position:
    """Return the end of a rehearsal with options chosen at some forks, else as written."""
    position, turns = rehearse(plan, seed), 0
    while position.fate is None and turns < MOST_TURNS:
        takes = [m for m in position.moves if m.kind == "take" and choices.get(m.id) == m.option]
        position = position.after((*takes, AS_WRITTEN)[0])
        turns += 1
    return position


def _ending(last: Position) -> Ending:
    return Ending(last.fate or "open", last.week, last.cash, last.line)
