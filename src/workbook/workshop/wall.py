"""The wall: what the class did, as distributions without names.

Fewer than five answers are not shown, for in a small group a distribution is a list of names. A
figure stands on the wall rounded, and in order of size, never in order of arrival; a very long
runway, which a neighbour would recognise, stands as two years. A wall that is watched moves by
five answers at a time, for who hands in alone would be read off the change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from workbook.workshop.answers import Answer, Chain
from workbook.workshop.entry import STEPS, Stake

LEAST = 5
"""Answers below which nothing is shown."""
LONGEST = 104
"""Weeks; a longer runway stands on the wall as this."""


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
        How many said after the reveal what they would choose now, and how many of these would
        choose otherwise.
    """

    choices: Mapping[str, int]
    confidence: tuple[float, ...]
    asked_again: int
    regret: int


@dataclass(frozen=True)
class Wall:
    """The class.

    Attributes
    ----------
    people
        How many of those who handed in are on the wall.
    waiting
        How many have handed in since, or anew, and are not on it yet.
    at_step
        How many are at each step, and how many are through (""); empty below five people.
    votes
        By `case/fork`, where at least five bet.
    odds, runways, thresholds
        Chance of the goal of each chain (to 0.01), runway in whole weeks, at most LONGEST, first
        pass rates of all milestones (to 0.05): in order of size; empty below five chains.
    dies_at
        In how many chains the money dies first of all at a milestone of this stage.
    findings
        Rules of the review by the number of chains they had something to say of.
    tests
        How many have written down their next test.
    hidden
        What is not shown because fewer than five answered.
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
        """The fork where the largest share would now choose otherwise; empty where nobody would."""
        asked = {fork: v for fork, v in self.votes.items() if v.asked_again >= LEAST and v.regret}
        return max(asked, key=lambda fork: asked[fork].regret / asked[fork].asked_again, default="")


def wall(answers: Sequence[Answer], waiting: int = 0) -> Wall:
    """The wall of a class; `waiting` says how many more have come than these answers show."""
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


def steady(before: Sequence[Answer], now: Sequence[Answer]) -> Sequence[Answer]:
    """What a wall that is watched shows: the answers of before until five differ from them."""
    return now if changed(before, now) >= LEAST else before


def changed(before: Sequence[Answer], now: Sequence[Answer]) -> int:
    """How many people came, went, or handed in anew."""
    then, today = ({answer.person: answer.receipt for answer in of} for of in (before, now))
    return sum(then.get(person) != today.get(person) for person in then | today)


def steps_of(answers: Sequence[Answer]) -> Mapping[str, int]:
    """How many are at each step, in the order of the workshop."""
    found = Counter(answer.step for answer in answers)
    return {step: found[step] for step in (*STEPS, "") if found[step]}


def _votes(answers: Sequence[Answer]) -> tuple[dict[str, Votes], list[str]]:
    """The bets at each fork that enough people bet on, and the forks that too few did."""
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


def _rules(chain: Chain) -> set[str]:
    return {finding.rule for finding in chain.findings}


def _count(names: Iterable[str]) -> dict[str, int]:
    """How often each name comes, the commonest first, equals by name."""
    found = Counter(names)
    return {name: found[name] for name in sorted(found, key=lambda name: (-found[name], name))}


def _ordered(values: Iterable[float], step: float) -> tuple[float, ...]:
    return tuple(sorted(round(round(value / step) * step, 2) for value in values))
