"""Where one participant stands among the others: told to them alone.

The wall has no names, so a participant's own notebook reads it and finds the place by itself;
nothing about them goes back.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from pydantic import TypeAdapter, ValidationError

from workbook.errors import InputError, Message, fault
from workbook.workshop.answers import Answer
from workbook.workshop.wall import LONGEST, Wall


def read_wall(data: bytes, source: str = "wall.json") -> Wall:
    """The wall as it was written for the participants; InputError where it is none."""
    try:
        return TypeAdapter(Wall).validate_json(data)
    except ValidationError:
        template = "this is no wall of a class; ask for wall.json again"
        raise InputError(source, [fault("", template)]) from None


def place(mine: Answer, wall: Wall) -> tuple[Message, ...]:
    """What the wall says of one answer, a sentence each; empty where the wall shows nothing."""
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
    if mine.chain is None:
        return
    if wall.odds:
        template = "Of {all} chains, {n} reach their goal more often than yours."
        above = _above(wall.odds, round(mine.chain.goal, 2))
        yield Message(template, {"n": above, "all": len(wall.odds)})
    if wall.runways and mine.chain.runway_weeks is not None:
        template = "Of {all} runways, {n} are longer than yours."
        above = _above(wall.runways, min(LONGEST, round(mine.chain.runway_weeks)))
        yield Message(template, {"n": above, "all": len(wall.runways)})


def _above(values: Sequence[float], mine: float) -> int:
    """How many lie above; values in order of size."""
    near = 1e-9
    return len(values) - bisect_right(values, mine + near)
