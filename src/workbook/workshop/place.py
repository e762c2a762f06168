"""The place of one participant in the class: their own answer next to the wall's figures.

Only the participant's notebook works it out, from the wall's data, which has no names.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from pydantic import TypeAdapter, ValidationError

from workbook.errors import InputError, Message, fault
from workbook.workshop.inbox import Answer
from workbook.workshop.rehearsed import Rehearsed, chosen, cost
from workbook.workshop.wall import LONGEST, Rehearsals, Wall


def read_wall(data: bytes, source: str = "wall.json") -> Wall:
    """Read the data of a wall; raise InputError if it is not a wall."""
    try:
        return TypeAdapter(Wall).validate_json(data)
    except ValidationError:
        template = "this is not the wall of a class; ask for wall.json again"
        raise InputError(source, [fault("", template)]) from None


def comparison(mine: Answer, wall: Wall) -> tuple[Message, ...]:
    """Compare one answer with the class, a sentence each; empty if the wall shows nothing."""
    return tuple(_sentences(mine, wall))


def _sentences(mine: Answer, wall: Wall) -> Iterator[Message]:
    for fork, stake in mine.bets.items():
        votes = wall.votes.get(fork)
        if votes is not None:
            yield Message(
                "At “{fork}” {n} of {all} chose as you did; {surer} were surer than you.",
                {
                    "fork": fork,
                    "n": votes.choices.get(stake.choice, 0),
                    "all": sum(votes.choices.values()),
                    "surer": _above(votes.confidence, stake.confidence),
                },
            )
    yield from _among_rehearsals(mine.rehearsal, wall.rehearsal)
    if mine.chain is None:
        return
    if wall.odds:
        template = "Of {all} chains, {n} reach their goal more often than yours."
        above = _above(wall.odds, round(round(mine.chain.goal / 0.05) * 0.05, 2))
        yield Message(template, {"n": above, "all": len(wall.odds)})
    if wall.runways and mine.chain.runway_weeks is not None:
        template = "Of {all} runways, {n} are longer than yours."
        above = _above(wall.runways, min(LONGEST, round(mine.chain.runway_weeks)))
        yield Message(template, {"n": above, "all": len(wall.runways)})


def _among_rehearsals(mine: Rehearsed | None, seen: Rehearsals | None) -> Iterator[Message]:
    """Say where somebody's decisions are among the class's; the ending plays no part."""
    if mine is None or seen is None:
        return
    if mine.luck != (seen.case, seen.seed):
        yield Message("Your rehearsal is not compared: it has other luck than the class's.")
        return
    if seen.costs:
        lost = round(round(-cost(mine) / 0.05) * 0.05, 2)
        template = (
            "In the rehearsal your decisions cost {cost} of 100 lives; of {all} people, the "
            "decisions of {n} cost more than yours."
        )
        n = _above(seen.costs, lost)
        yield Message(template, {"cost": round(-100 * cost(mine)), "n": n, "all": len(seen.costs)})
    for move in sorted(chosen(mine) & set(seen.moves)):
        template = "Like you, {n} of {all} did this: {move}."
        values = {"n": seen.moves[move], "all": seen.people, "move": move, "case": seen.case}
        yield Message(template, values)


def _above(values: Sequence[float], mine: float) -> int:
    """Count the sorted values above mine."""
    near = 1e-9
    return len(values) - bisect_right(values, mine + near)
