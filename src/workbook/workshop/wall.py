"""The wall: the results of the class as distributions without names.

What it shows of whom, and when it changes, is decided in `panels.py`. Figures are rounded and
sorted by size, never by time of arrival, and runways are capped at two years. Every chain counts
once in each distribution. What (nearly) everybody said is not shown, because it would be
everybody's answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from random import Random
from statistics import fmean
from typing import Any

from pydantic import TypeAdapter

from workbook.workshop.hand_in import STEPS, Stake
from workbook.workshop.inbox import Answer, SimulatedChain
from workbook.workshop.panels import LEAST, PanelState, digest, next_state
from workbook.workshop.rehearsed import (
    Rehearsed,
    affordable,
    chosen,
    class_luck,
    cost,
    costliest,
)

STEPS_PANEL, TESTS_PANEL, CHAINS_PANEL, REHEARSAL_PANEL = PANELS = (
    "steps",
    "tests",
    "chains",
    "rehearsal",
)
"""The panels beside those of the bets, which are called `case/fork`."""
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
class Costliest:
    """The decision that cost a class most: the move, the best one instead, how many people of the
    sample made it (at most two fewer than all), and what it cost each on average (0 or less).
    """

    move: str
    best: str
    people: int
    cost: float


@dataclass(frozen=True)
class Rehearsals:
    """What a class decided in its rehearsal, never how anybody's ended.

    Attributes
    ----------
    case, seed
        The case, and the luck of all.
    people
        How many rehearsals this counts.
    moves
        By move, how many made it at least once; without those that (nearly) all or fewer than two
        people made.
    costs
        What the decisions of each cost of the chance of the goal, 0 to 1 in steps of 0.05, sorted.
    """

    case: str
    seed: int
    people: int
    moves: Mapping[str, int] = field(default_factory=dict)
    costs: tuple[float, ...] = ()
    costliest: Costliest | None = None


@dataclass(frozen=True)
class Wall:
    """The results of a class.

    Attributes
    ----------
    people
        The number of people who have handed in.
    waiting
        How many of them said something that no panel counts yet.
    at_step
        The number of people at each step, and of those who are through (""), in the sample.
    votes
        By `case/fork`, the bets of the sample.
    odds, runways, thresholds
        Of each chain in the sample: chance of the goal (to 0.05), runway in whole weeks, at most
        LONGEST, and mean pass rate of its milestones at the first attempt (to 0.05); sorted.
    dies_at
        By stage, the number of chains in which ruin is most frequent at that stage.
    findings
        By rule of the review, the number of chains with a finding of it, at most `chains` - 2.
    chains
        The number of chains in the sample.
    tests, tests_of
        The number of people with a next test, and how many people that counts.
    rehearsal
        The rehearsal of the class, in the sample; None before it is shown.
    hidden
        The panels that are hidden, because too few answered or all said the same.
    """

    people: int
    at_step: Mapping[str, int] = field(default_factory=dict)
    votes: Mapping[str, Votes] = field(default_factory=dict)
    odds: tuple[float, ...] = ()
    runways: tuple[float, ...] = ()
    thresholds: tuple[float, ...] = ()
    dies_at: Mapping[str, int] = field(default_factory=dict)
    findings: Mapping[str, int] = field(default_factory=dict)
    chains: int = 0
    tests: int = 0
    tests_of: int = 0
    waiting: int = 0
    rehearsal: Rehearsals | None = None
    hidden: tuple[str, ...] = ()

    @property
    def most_regretted(self) -> str:
        """The fork with the largest share of changed minds; empty if nobody changed theirs."""
        asked = {fork: v for fork, v in self.votes.items() if v.asked_again >= LEAST and v.regret}
        return max(asked, key=lambda fork: asked[fork].regret / asked[fork].asked_again, default="")


def said_by_panel(answers: Iterable[Answer]) -> dict[str, dict[str, Answer]]:
    """Return, for each panel, the people who said something on it, with their answers."""
    answers = tuple(answers)
    said: dict[str, dict[str, Answer]] = {STEPS_PANEL: {}, TESTS_PANEL: {}, CHAINS_PANEL: {}}
    luck = class_luck([answer.rehearsal for answer in answers if answer.rehearsal])
    for answer in answers:
        said[STEPS_PANEL][answer.person] = said[TESTS_PANEL][answer.person] = answer
        if answer.chain is not None:
            said[CHAINS_PANEL][answer.person] = answer
        if answer.rehearsal is not None and answer.rehearsal.luck == luck:
            said.setdefault(REHEARSAL_PANEL, {})[answer.person] = answer
        for fork in answer.bets:
            said.setdefault(fork, {})[answer.person] = answer
    return said


def next_panels(
    before: Mapping[str, PanelState], answers: Iterable[Answer], chance: Random | None = None
) -> dict[str, PanelState]:
    """Return what the wall shows next, each panel by itself (see `panels.py`)."""
    said = said_by_panel(answers)
    return {
        panel: _moved(panel, before.get(panel, PanelState()), said.get(panel, {}), chance)
        for panel in sorted({*said, *before})
    }


def _moved(
    panel: str, before: PanelState, said: Mapping[str, Answer], chance: Random | None
) -> PanelState:
    digests = {person: digest(_said(panel, answer)) for person, answer in said.items()}
    after = next_state(before, digests, chance)
    if after is before or not after.sample:
        return after
    shown = [said[person] for person in after.sample]
    return replace(after, data=_data(panel, shown))


def _said(panel: str, answer: Answer) -> object:
    """Return what somebody says on a panel, for comparison with what they say later."""
    if panel == STEPS_PANEL:
        return answer.step
    if panel == TESTS_PANEL:
        return bool(answer.next_test)
    if panel == CHAINS_PANEL:
        chain = answer.chain
        return chain and (chain.plan.model_dump_json(), chain.goal)
    if panel == REHEARSAL_PANEL:
        return answer.rehearsal
    return answer.bets[panel].model_dump_json()


def _data(panel: str, shown: Sequence[Answer]) -> Any:
    if panel == STEPS_PANEL:
        return {"at_step": steps_of(shown)}
    if panel == TESTS_PANEL:
        written = [bool(answer.next_test) for answer in shown]
        return {"tests": sum(written), "tests_of": len(written)} if is_mixed(written) else None
    if panel == CHAINS_PANEL:
        return _chains([answer.chain for answer in shown if answer.chain is not None])
    if panel == REHEARSAL_PANEL:
        return _rehearsals([answer.rehearsal for answer in shown if answer.rehearsal is not None])
    return _vote([answer.bets[panel] for answer in shown])


def wall(panels: Mapping[str, PanelState], people: int = 0, waiting: int = 0) -> Wall:
    """Return the wall of the panels; `waiting` is the number of answers not shown yet."""
    shown = {name: state.data for name, state in panels.items() if state.data is not None}
    parts = {key: value for name in PANELS if name in shown for key, value in shown[name].items()}
    votes = {name: data for name, data in shown.items() if name not in PANELS}
    return TypeAdapter(Wall).validate_python(
        {
            "people": people,
            "waiting": waiting,
            "votes": votes,
            "hidden": tuple(sorted(set(panels) - set(shown) - {STEPS_PANEL, TESTS_PANEL})),
            **parts,
        }
    )


def count_waiting(panels: Mapping[str, PanelState], answers: Iterable[Answer]) -> int:
    """Count the people who said something that the wall does not know yet."""
    said = said_by_panel(answers)
    return len(
        {
            person
            for panel in {*said, *panels}
            for person in {*said.get(panel, {}), *panels.get(panel, PanelState()).said}
            if _digest(panel, said, person) != panels.get(panel, PanelState()).said.get(person)
        }
    )


def _digest(panel: str, said: Mapping[str, Mapping[str, Answer]], person: str) -> str | None:
    answer = said.get(panel, {}).get(person)
    return None if answer is None else digest(_said(panel, answer))


def steps_of(answers: Sequence[Answer]) -> dict[str, int]:
    """Count the people at each step, in the order of the workshop."""
    found = Counter(answer.step for answer in answers)
    return {step: found[step] for step in (*STEPS, "") if found[step]}


def is_mixed(values: Iterable[object]) -> bool:
    """Whether at least two differ from the most frequent value: else it is everybody's answer.

    >>> is_mixed("aaabb"), is_mixed("aaaab")
    (True, False)
    """
    counts = Counter(values)
    return sum(counts.values()) - max(counts.values(), default=0) >= 2


def _vote(bets: Sequence[Stake]) -> dict[str, Any] | None:
    if not is_mixed(bet.choice for bet in bets):
        return None
    sure = _ordered((bet.confidence for bet in bets), 0.05)
    changed = [bet.now != bet.choice for bet in bets if bet.now]
    shown = len(changed) >= LEAST and is_mixed(changed)
    return {
        "choices": _count(bet.choice for bet in bets),
        "confidence": sure if is_mixed(sure) else (),
        "asked_again": len(changed) if shown else 0,
        "regret": sum(changed) if shown else 0,
    }


def _chains(chains: Sequence[SimulatedChain]) -> dict[str, Any] | None:
    """Return the figures of the chains, one of each kind for each chain."""
    odds = _ordered((chain.goal for chain in chains), 0.05)
    if not is_mixed(odds):
        return None
    lasting = (c.runway_weeks for c in chains if c.runway_weeks is not None)
    runways = _ordered((min(weeks, LONGEST) for weeks in lasting), 1)
    passes = _ordered((fmean(c.passes) for c in chains if c.passes), 0.05)
    dies = [chain.dies_at for chain in chains]
    rules = _count(rule for chain in chains for rule in {f.rule for f in chain.findings})
    return {
        "chains": len(chains),
        "odds": odds,
        "runways": runways if len(runways) >= LEAST and is_mixed(runways) else (),
        "thresholds": passes if len(passes) >= LEAST and is_mixed(passes) else (),
        "dies_at": _count(stage for stage in dies if stage) if is_mixed(dies) else {},
        "findings": {rule: min(n, len(chains) - 2) for rule, n in rules.items()},
    }


def _rehearsals(sample: Sequence[Rehearsed]) -> dict[str, Any] | None:
    """Return what a class decided on the same luck; None if that would show too few, or all."""
    lived = affordable(sample)
    if len(lived) < LEAST:
        return None
    made = _count(move for one in lived for move in chosen(one))
    moves = {move: n for move, n in made.items() if 2 <= n <= len(lived) - 2}
    costs = _ordered((-cost(one) for one in lived), 0.05)
    worst = costliest(lived)
    if not moves and not is_mixed(costs):
        return None
    shown = Rehearsals(
        case=lived[0].case,
        seed=lived[0].seed,
        people=len(lived),
        moves=moves,
        costs=costs if is_mixed(costs) else (),
        costliest=worst and _capped(*worst, most=len(lived) - 2),
    )
    return {"rehearsal": asdict(shown)}


def _capped(move: str, best: str, people: int, each: float, most: int) -> Costliest:
    return Costliest(move, best, min(people, most), round(each, 2))


def _count(names: Iterable[str]) -> dict[str, int]:
    """Count the names, most frequent first, ties by name."""
    found = Counter(names)
    return {name: found[name] for name in sorted(found, key=lambda name: (-found[name], name))}


def _ordered(values: Iterable[float], step: float) -> tuple[float, ...]:
    return tuple(sorted(round(round(value / step) * step, 2) for value in values))
