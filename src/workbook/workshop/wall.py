"""The wall: the results of the class as distributions without names.

Results of fewer than five answers are not shown, because a distribution of a small group gives
names away. Figures are rounded and sorted by size, never by time of arrival, and runways are
capped at two years. In watch mode the wall changes five answers at a time, because a change by one
answer would show whose it is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import TypeAdapter, ValidationError

from workbook.errors import InputError, Message, fault
from workbook.workshop.hand_in import STEPS, Stake
from workbook.workshop.inbox import Answer, SimulatedChain

LEAST = 5
"""The smallest number of answers for which results are shown."""
LONGEST = 104
"""Weeks; the cap for runways."""


@dataclass(frozen=True)
class Votes:
    """The bets at one fork.

    Attributes
    ----------
    choices
        How many chose each option.
    confidence
        How sure they were, 0.5 to 1 in steps of 0.05, in order.
    asked_again, regret
        How many chose again after the reveal, and how many of these chose differently.
    """

    choices: Mapping[str, int]
    confidence: tuple[float, ...]
    asked_again: int
    regret: int


@dataclass(frozen=True)
class Wall:
    """The results of a class.

    Attributes
    ----------
    people
        The number of people whose hand-ins are shown.
    waiting
        The number of new or changed hand-ins that are not shown yet.
    at_step
        The number of people at each step, and of those who are through (""); empty below five
        people.
    votes
        By `case/fork`, where at least five bet.
    odds, runways, thresholds
        Chance of the goal of each chain (to 0.01), runway in whole weeks, at most LONGEST, pass
        rates of the first attempts of all milestones (to 0.05): sorted; empty below five chains.
    dies_at
        By stage, the number of chains in which ruin is most frequent at that stage.
    findings
        By rule of the review, the number of chains with a finding of it.
    tests
        The number of people with a next test.
    hidden
        The results that are hidden because fewer than five answered.
    """

    people: int
    at_step: Mapping[str, int]
    votes: Mapping[str, Votes]
    odds: tuple[float, ...] = ()
    runways: tuple[float, ...] = ()
    thresholds: tuple[float, ...] = ()
    dies_at: Mapping[str, int] = field(default_factory=dict)
    findings: Mapping[str, int] = field(default_factory=dict)
    chains: int = 0
    tests: int = 0
    waiting: int = 0
    hidden: tuple[str, ...] = ()

    @property
    def most_regretted(self) -> str:
        """The fork with the largest share of changed minds; empty if nobody changed theirs."""
        asked = {fork: v for fork, v in self.votes.items() if v.asked_again >= LEAST and v.regret}
        return max(asked, key=lambda fork: asked[fork].regret / asked[fork].asked_again, default="")


def wall(answers: Sequence[Answer], waiting: int = 0) -> Wall:
    """Return the wall of a class; `waiting` is the number of answers not shown yet."""
    chains = [answer.chain for answer in answers if answer.chain is not None]
    votes, few = _votes(answers)
    hidden = [*few]
    if len(chains) < LEAST:
        hidden.append("chains")
        chains = []
    lasting = (c.runway_weeks for c in chains if c.runway_weeks is not None)
    runways = _ordered((min(weeks, LONGEST) for weeks in lasting), 1)
    enough = len(answers) >= LEAST
    return Wall(
        people=len(answers),
        at_step=steps_of(answers) if enough else {},
        votes=votes,
        odds=_ordered((chain.goal for chain in chains), 0.01),
        runways=runways if len(runways) >= LEAST else (),
        thresholds=_ordered((rate for chain in chains for rate in chain.passes), 0.05),
        dies_at=_count(chain.dies_at for chain in chains if chain.dies_at),
        findings=_count(rule for chain in chains for rule in _rules(chain)),
        chains=len(chains),
        tests=sum(bool(answer.next_test) for answer in answers) if enough else 0,
        waiting=waiting,
        hidden=tuple(hidden),
    )


def shown_answers(before: Sequence[Answer], now: Sequence[Answer]) -> Sequence[Answer]:
    """Return the answers shown in watch mode: the previous ones until five have changed."""
    return now if count_changes(before, now) >= LEAST else before


def count_changes(before: Sequence[Answer], now: Sequence[Answer]) -> int:
    """Count the people whose hand-in is new, changed or gone."""
    then, today = ({answer.person: answer.receipt for answer in of} for of in (before, now))
    return sum(then.get(person) != today.get(person) for person in then | today)


def steps_of(answers: Sequence[Answer]) -> Mapping[str, int]:
    """Count the people at each step, in the order of the workshop."""
    found = Counter(answer.step for answer in answers)
    return {step: found[step] for step in (*STEPS, "") if found[step]}


def _votes(answers: Sequence[Answer]) -> tuple[dict[str, Votes], list[str]]:
    """Return the bets at forks with enough bets, and the forks with too few."""
    stakes: dict[str, list[Stake]] = {}
    for answer in answers:
        for fork, stake in answer.bets.items():
            stakes.setdefault(fork, []).append(stake)
    shown = {fork: _vote(bets) for fork, bets in sorted(stakes.items()) if len(bets) >= LEAST}
    return shown, sorted(set(stakes) - set(shown))


def _vote(bets: Sequence[Stake]) -> Votes:
    again = [bet for bet in bets if bet.now]
    shown = len(again) >= LEAST
    return Votes(
        choices=_count(bet.choice for bet in bets),
        confidence=_ordered((bet.confidence for bet in bets), 0.05),
        asked_again=len(again) if shown else 0,
        regret=sum(bet.now != bet.choice for bet in again) if shown else 0,
    )


def _rules(chain: SimulatedChain) -> set[str]:
    return {finding.rule for finding in chain.findings}


def _count(names: Iterable[str]) -> dict[str, int]:
    """Count the names, most frequent first, ties by name."""
    found = Counter(names)
    return {name: found[name] for name in sorted(found, key=lambda name: (-found[name], name))}


def _ordered(values: Iterable[float], step: float) -> tuple[float, ...]:
    return tuple(sorted(round(round(value / step) * step, 2) for value in values))


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
    """Count the sorted values above mine."""
    near = 1e-9
    return len(values) - bisect_right(values, mine + near)
