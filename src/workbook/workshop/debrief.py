"""Choose three questions for the debrief from the results of the class.

Each candidate question gets a weight from 0 to 1. The three with the largest weights are asked,
preferably one of each kind, in the order of the workshop: bet, chain, doing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from workbook.errors import Message
from workbook.review import RULES
from workbook.workshop.hand_in import STEPS
from workbook.workshop.wall import Wall

Kind = Literal["bet", "chain", "doing"]
KINDS: tuple[Kind, ...] = ("bet", "chain", "doing")


@dataclass(frozen=True)
class Question:
    """A question to the class, with its kind and weight."""

    kind: Kind
    weight: float
    ask: Message


def questions(wall: Wall, right: dict[str, str] | None = None) -> tuple[Question, ...]:
    """Return at most three questions; fewer if the class is too small to show its data.

    Parameters
    ----------
    right
        By fork, the option that reaches the goal most often, if one clearly does.
    """
    found: list[Question] = [
        *_split(wall),
        *_sure(wall, right or {}),
        *_regret(wall),
        *_costliest(wall),
        *_odds(wall),
        *_dying(wall),
        *_commonest(wall),
        *_short(wall),
        *_waiting(wall),
    ]
    found.sort(key=lambda question: -question.weight)
    chosen = [next((q for q in found if q.kind == kind), None) for kind in KINDS]
    best = [question for question in chosen if question is not None]
    for question in found:
        if len(best) < len(KINDS) and question not in best:
            best.append(question)
    return tuple(sorted(best, key=lambda question: KINDS.index(question.kind)))


def _split(wall: Wall) -> Iterator[Question]:
    """Ask about a fork where the class is split."""
    for fork, votes in wall.votes.items():
        counts = sorted(votes.choices.values(), reverse=True)
        if len(counts) < 2:
            continue
        template = (
            "At the fork “{fork}” {most} chose one way and {second} another. What would those on "
            "the other side have to show you before you moved?"
        )
        values = {"fork": fork, "most": counts[0], "second": counts[1]}
        yield Question("bet", counts[1] / counts[0], Message(template, values))


def _sure(wall: Wall, right: dict[str, str]) -> Iterator[Question]:
    """Ask about overconfidence, or about confidence that was too low."""
    for fork, votes in wall.votes.items():
        if fork not in right:
            continue
        sure = sum(votes.confidence) / len(votes.confidence)
        hit = votes.choices.get(right[fork], 0) / sum(votes.choices.values())
        template = (
            "On average you were {sure} in 100 sure at “{fork}”, and {hit} in 100 of you chose the "
            "way that gets there most often. What made you so sure?"
        )
        if sure < hit:
            template = (
                "On average you were {sure} in 100 sure at “{fork}”, yet {hit} in 100 of you chose "
                "the way that gets there most often. What would have let you trust it?"
            )
        values = {"fork": fork, "sure": round(100 * sure), "hit": round(100 * hit)}
        yield Question("bet", min(1.0, 2 * abs(sure - hit)), Message(template, values))


def _regret(wall: Wall) -> Iterator[Question]:
    """Ask about changed minds."""
    if fork := wall.most_regretted:
        votes = wall.votes[fork]
        template = (
            "{n} of {all} would now choose otherwise at “{fork}”. Which single thing changed your "
            "mind, and could you have known it before?"
        )
        values = {"fork": fork, "n": votes.regret, "all": votes.asked_again}
        weight = 0.3 + 0.7 * votes.regret / votes.asked_again
        yield Question("bet", weight, Message(template, values))


def _costliest(wall: Wall) -> Iterator[Question]:
    """Ask about the decision of the rehearsal that cost the class most."""
    seen = wall.rehearsal
    if seen is not None and (worst := seen.costliest):
        template = (
            "In the rehearsal {move} cost the class most; {best} would have been better there. "
            "What did you know when you decided, and what would you have had to ask?"
        )
        values = {"move": worst.move, "best": worst.best, "case": seen.case}
        yield Question("bet", 0.5 + 0.5 * worst.people / seen.people, Message(template, values))


def _odds(wall: Wall) -> Iterator[Question]:
    """Ask about chains that mostly fail, or hardly can fail."""
    if not wall.odds:
        return
    middle = wall.odds[(len(wall.odds) - 1) // 2]
    template = (
        "Half of the chains reach their goal in {n} of 100 lives or fewer. Would you still start? "
        "Which one milestone would you pay to make certain?"
    )
    if middle > 0.6:
        middle = wall.odds[len(wall.odds) // 2]
        template = (
            "Half of the chains reach their goal in {n} of 100 lives or more. Which of your pass "
            "rates would somebody who has done it before laugh at?"
        )
    yield Question("chain", abs(middle - 0.6) / 0.6, Message(template, {"n": round(100 * middle)}))


def _dying(wall: Wall) -> Iterator[Question]:
    """Ask about the stage at which ruin is most frequent."""
    if wall.dies_at:
        stage, n = next(iter(wall.dies_at.items()))
        template = (
            "In {n} of {all} chains the money dies first of all in the stage “{stage}”. What could "
            "you find out about it this week, for almost nothing?"
        )
        values = {"n": n, "all": wall.chains, "stage": stage}
        yield Question("chain", n / wall.chains, Message(template, values))


def _commonest(wall: Wall) -> Iterator[Question]:
    """Ask about the most frequent finding."""
    titles = {rule.id: rule.title for rule in RULES}
    for id, n in wall.findings.items():
        if id in titles:
            template = (
                "{n} of {all} chains were asked the same: “{rule}”. What makes that one so hard to "
                "write down?"
            )
            values = {"n": n, "all": wall.chains, "rule": titles[id]}
            yield Question("chain", 0.9 * n / wall.chains, Message(template, values))
            return


def _short(wall: Wall) -> Iterator[Question]:
    """Ask about short runways."""
    if not wall.runways:
        return
    middle = wall.runways[(len(wall.runways) - 1) // 2]
    template = (
        "Half of you have {n} weeks of runway or less. What is the last week in which you can "
        "still turn round, and who else knows that date?"
    )
    yield Question("doing", min(1.0, 13 / max(middle, 1)), Message(template, {"n": round(middle)}))


def _waiting(wall: Wall) -> Iterator[Question]:
    """Ask about participants without a next test."""
    if not wall.tests_of:
        return
    late = sum(wall.at_step.get(step, 0) for step in STEPS[-2:])
    template = (
        "{n} of {all} have written down what they test within seven days. Read yours to your "
        "neighbour: could it fail?"
    )
    values = {"n": wall.tests, "all": wall.tests_of}
    yield Question("doing", 0.4 + 0.4 * late / wall.tests_of, Message(template, values))
