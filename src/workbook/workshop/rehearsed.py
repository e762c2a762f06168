"""The rehearsal of a class: what a hand-in's line says, and what its decisions cost.

A line is replayed against the shipped case and never trusted for more than its moves: the costs are
worked out here, by the coach. Where everybody has the same luck, people with the same moves so far
are at the same position, which is valued once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from math import fsum
from pathlib import Path

from workbook.coach import Advice, advise
from workbook.errors import Fault, InputError, Message, fault, shown
from workbook.files import home
from workbook.lesson.programme import LESSONS, case_of
from workbook.lesson.rehearsal.of_case import without_stay
from workbook.plan import Plan
from workbook.rehearsal import Move, Position, read_moves, rehearse
from workbook.rehearsal.line import SEED, of_this_plan, written_line
from workbook.wording.decisions import move_title
from workbook.words import Words
from workbook.workshop.kept import Cost, Kept

MOST_LINE = 20_000
"""Characters in the line of a rehearsal."""
MOST_MOVES = 60
"""Decisions of a rehearsal; an average one has six to fifteen."""
MOST_VALUED = 400
"""Positions that are valued for one view of a class, a third of a second each at most."""

Moves = tuple[Move, ...]


@dataclass(frozen=True)
class Rehearsed:
    """A finished rehearsal of a shipped case: its luck, its moves without the chances said."""

    case: str
    seed: int
    moves: Moves
    fate: str

    @property
    def luck(self) -> tuple[str, int]:
        """Case and seed: what people must share to be compared."""
        return self.case, self.seed

    @property
    def line(self) -> str:
        """The rehearsal as one line that replays."""
        return " ".join([self.case, str(self.seed), *map(str, self.moves)])


@dataclass(frozen=True)
class Decision:
    """A move, the best one there, and what it cost of the chance of the goal (0 or less)."""

    move: Move
    best: Move
    cost: float


@cache
def plan_to_rehearse(case: str) -> Plan:
    """Return the plan that a class rehearses; raise InputError for a case that is not shipped."""
    if case not in LESSONS:
        template = "there is no case '{found}'; there are: {allowed}"
        allowed = ", ".join(LESSONS)
        raise InputError("case", [fault("case", template, found=shown(case), allowed=allowed)])
    return without_stay(case_of(case).plan)


def case_and_luck(line: str) -> tuple[str, int, bool]:
    """Return the case and the seed of a line, and whether moves follow.

    Raises InputError if it does not name both.

    >>> case_and_luck("tea-stall 7")
    ('tea-stall', 7, False)
    """
    case, seed, *moves = [*line.split(maxsplit=2), "", ""][:3]
    if not SEED.fullmatch(seed):
        template = "it names no case and no luck; write both, as the facilitator did: “tea-stall 7”"
        raise _refused(Message(template))
    return case, int(seed), any(moves)


@lru_cache(maxsize=500)
def rehearsed(line: str) -> tuple[Rehearsed | None, Message | None]:
    """Return the rehearsal of a line, or what is wrong with it; nothing of an empty line."""
    if not line.strip():
        return None, None
    try:
        return _replayed(line), None
    except InputError as error:
        why: object = error.faults[0].message
    except Exception as error:  # no line may keep the rest of the class from being collected
        why = f"{type(error).__name__}: {error}"[:200]
    return None, Message("its rehearsal does not count: {reason}", {"reason": why})


def _replayed(line: str) -> Rehearsed:
    if len(line) > MOST_LINE:
        raise _refused(Message("it is too long"))
    case, seed, _ = case_and_luck(line)
    found, plan = read_moves(line), plan_to_rehearse(case)
    of_this_plan(plan, found)
    if len(found.moves) > MOST_MOVES:
        raise _refused(Message("it has more than {most} decisions", {"most": MOST_MOVES}))
    moves = tuple(replace(move, said=None) for move in found.moves)
    last = _position(case, seed, moves)
    if last.fate is None:
        raise _refused(Message("it has not come to its end"))
    return Rehearsed(case, seed, moves, last.fate)


def _refused(why: Message) -> InputError:
    return InputError("rehearsal", [Fault("", why)])


@lru_cache(maxsize=5_000)
def _position(case: str, seed: int, moves: Moves) -> Position:
    """Return the position after these moves; the way there is shared with everybody's."""
    if not moves:
        return rehearse(plan_to_rehearse(case), seed)
    return _position(case, seed, moves[:-1]).after(moves[-1])


@lru_cache(maxsize=5_000)
def _advice(case: str, seed: int, moves: Moves, other: Move | None) -> Advice:
    """Return the coach's advice after these moves, also for another move than those offered."""
    return advise(_position(case, seed, moves), made=other)


def decisions(one: Rehearsed) -> tuple[Decision, ...]:
    """Return every decision of a rehearsal with its cost, as its debrief has them.

    What is not kept in the file of costs yet is worked out, and kept.
    """
    lines = [_line(one, number) for number in range(len(one.moves))]
    known = [kept().get(line) for line in lines]
    found = [
        _decision(one, number) if cost is None else _as_kept(one.moves[number], cost)
        for number, cost in enumerate(known)
    ]
    pairs = zip(lines, found, strict=True)
    new = [(line, (str(made.best), made.cost)) for line, made in pairs if kept().get(line) is None]
    if new:
        kept().keep(new)
    return tuple(found)


def kept() -> Kept:
    """Return the costs that are kept in the folder for this machine's work."""
    return _kept_in(home())


@cache
def _kept_in(folder: Path) -> Kept:
    return Kept(folder)


def _line(one: Rehearsed, number: int) -> str:
    """Return the line of a rehearsal up to a decision: what its cost is kept by."""
    return written_line(plan_to_rehearse(one.case), one.seed, one.moves[: number + 1])


def _as_kept(move: Move, cost: Cost) -> Decision:
    return Decision(move, Move.read(cost[0]) or move, cost[1])


def _decision(one: Rehearsed, number: int) -> Decision:
    advice = _advice(*_asked(one, number))
    value = advice.of(one.moves[number])
    best = advice.best.move if value.is_worse else value.move
    return Decision(one.moves[number], best, value.cost)


def _asked(one: Rehearsed, number: int) -> tuple[str, int, Moves, Move | None]:
    before, move = one.moves[:number], one.moves[number]
    offered = move in _position(one.case, one.seed, before).moves
    return one.case, one.seed, before, None if offered else move


def cost(one: Rehearsed) -> float:
    """Return what all decisions of a rehearsal cost of the chance of the goal, 0 or less."""
    return fsum(decision.cost for decision in decisions(one))


def affordable(several: Sequence[Rehearsed]) -> list[Rehearsed]:
    """Return the rehearsals, as many as are valued for one view; the short ones first."""
    known: set[object] = set()
    kept = []
    for one in sorted(several, key=lambda one: len(one.moves)):
        new = {_asked(one, number) for number in range(len(one.moves))} - known
        if len(known) + len(new) <= MOST_VALUED:
            known |= new
            kept.append(one)
    return kept


def class_luck(several: Sequence[Rehearsed]) -> tuple[str, int] | None:
    """Return the case and the seed that most people of a class have rehearsed; None of nobody."""
    found = Counter(one.luck for one in several)
    return max(sorted(found), key=lambda luck: found[luck], default=None)


def chosen(one: Rehearsed) -> set[str]:
    """Return what somebody did in a rehearsal, beside going on as planned, each thing once."""
    done = (replace(move, weeks=1) for move in one.moves if move.kind != "as-written")
    return {str(move) for move in done}


def costliest(several: Sequence[Rehearsed]) -> tuple[str, str, int, float] | None:
    """Return the decision that cost most in sum over all people: the move, the best one instead,
    how many people made it, and what it cost each on average. One that only a single person made
    is left out.
    """
    costs: dict[tuple[str, str], list[float]] = defaultdict(list)
    for one in several:
        mine: dict[tuple[str, str], float] = defaultdict(float)
        for made in decisions(one):
            if made.cost < 0:
                pair = (replace(made.move, weeks=1), replace(made.best, weeks=1))
                mine[str(pair[0]), str(pair[1])] += made.cost
        for pair_said, lost in mine.items():
            costs[pair_said].append(lost)
    shared = {pair: lost for pair, lost in costs.items() if len(lost) > 1}
    if not shared:
        return None
    worst = min(sorted(shared), key=lambda pair: fsum(shared[pair]))
    return *worst, len(shared[worst]), fsum(shared[worst]) / len(shared[worst])


def move_name(case: str, text: str, w: Words) -> str:
    """Return the name of a move of a case, wherever in a rehearsal it was made."""
    move = Move.read(text)
    if move is None or case not in LESSONS:
        return shown(text)
    if move.kind == "as-written":
        return w("Go on as planned")
    if move.kind == "wait":
        return w("Start nothing new for a while")
    try:
        return move_title(_position(case, 1, ()), move, w)
    except StopIteration:  # an option of another version of the case
        return shown(text)


def quoted_move(case: str, text: str, w: Words) -> str:
    """Return the name of a move as a sentence has it, in quotation marks unless it has some."""
    name = move_name(case, text, w)
    return name if "“" in name else w("“{name}”", name=name)
