"""What each counted hand-in says: its bets, and its chain played like any other plan.

A chain that cannot be read or played is no reason to lose the bets beside it: the answer says
what is wrong with the chain and goes on without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from workbook import cases
from workbook.errors import InputError, Message
from workbook.law import pass_chance
from workbook.outcomes import Outcomes
from workbook.plan import Plan
from workbook.play import play
from workbook.review import Finding, review
from workbook.workshop.entry import STEPS, Entry, Stake
from workbook.workshop.forks import known
from workbook.workshop.inbox import Arrival

MOST_SIGNS, MOST_MILESTONES = 60_000, 60
"""What a chain may bring to be played with a class: no single one holds up the others."""
RUNS = 1_000
"""Lives a chain: odds to within 3 in 100, and a class of sixty in seconds."""


@dataclass(frozen=True)
class Chain:
    """A chain of a participant's own, played.

    Attributes
    ----------
    goal, goal_error
        Chance of the goal, 0..1, and its standard error.
    runway_weeks
        Cash at the start over burn; None where no cash is counted or nothing is burnt.
    dies_at
        The stage of the milestone at which most of the money dies; empty where it has none, or
        where the money hardly ever dies.
    passes
        First pass rates, milestone by milestone; a hypothesis passes with its belief.
    """

    plan: Plan
    goal: float
    goal_error: float
    runway_weeks: float | None
    dies_at: str
    passes: tuple[float, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Answer:
    """What one participant handed in.

    Attributes
    ----------
    receipt
        The receipt of the content as it is, also where the file was altered.
    done
        The steps of the workshop that are done, in their order.
    trouble
        What is wrong with the chain, if anything.
    """

    file: str
    person: str
    name: str
    receipt: str
    done: tuple[str, ...]
    kill_line: str = ""
    next_test: str = ""
    bets: Mapping[str, Stake] = field(default_factory=dict)
    chain: Chain | None = None
    trouble: Message | None = None

    @property
    def step(self) -> str:
        """The step they are at: the first that is not done; empty where all are."""
        return next((step for step in STEPS if step not in self.done), "")


def answers(found: Iterable[Arrival], seed: int = 1) -> tuple[Answer, ...]:
    """The answers of the hand-ins that count, every chain dealt the same luck."""
    return tuple(_answer(a.file, a.entry, seed) for a in found if a.counts and a.entry)


def _answer(file: str, entry: Entry, seed: int) -> Answer:
    chain, trouble = None, None
    if entry.plan.strip():
        chain, trouble = _chain(entry.plan, seed)
    return Answer(
        file=file,
        person=entry.person,
        name=entry.name,
        receipt=entry.sealed().receipt,
        done=steps_done(entry, chain.plan if chain else None),
        kill_line=entry.kill_line.strip(),
        next_test=entry.next_test.strip(),
        bets=known(entry.bets),
        chain=chain,
        trouble=trouble,
    )


@lru_cache(maxsize=500)
def _chain(text: str, seed: int) -> tuple[Chain | None, Message | None]:
    """The chain played, or what is wrong with it; a class that is watched plays each but once."""
    too_large = Message("this chain is too large to be played here")
    if len(text) > MOST_SIGNS or text.count("id:") > 3 * MOST_MILESTONES:
        return None, too_large
    try:
        plan = cases.read_text(text, "plan").plan
        if len(plan.milestones) > MOST_MILESTONES:
            return None, too_large
        return played_chain(plan, seed), None
    except InputError as error:
        return None, error.faults[0].message
    except (MemoryError, RecursionError):
        return None, too_large
    except Exception as error:  # whatever one chain does, the rest of the class is collected
        values = {"problem": f"{type(error).__name__}: {error}"[:200]}
        return None, Message("this chain cannot be played ({problem})", values)


def played_chain(plan: Plan, seed: int = 1) -> Chain:
    """A plan, as the wall looks at it."""
    played = play(plan, runs=RUNS, seed=seed, how="simulated")
    burns = plan.cash is not None and plan.burn_per_week > 0
    return Chain(
        plan=plan,
        goal=played.fates["goal"],
        goal_error=played.fates_error["goal"],
        runway_weeks=(plan.cash or 0.0) / plan.burn_per_week if burns else None,
        dies_at=_dies_at(plan, played),
        passes=tuple(m.tests.belief if m.tests else pass_chance(m) for m in plan.milestones),
        findings=review(plan),
    )


def _dies_at(plan: Plan, played: Outcomes) -> str:
    if played.fates["ruin"] < 0.05 or not plan.milestones:
        return ""
    worst = max(plan.milestones, key=lambda m: played.milestones[m.id].died_here)
    return worst.stage or ""


def steps_done(entry: Entry, plan: Plan | None) -> tuple[str, ...]:
    """The steps of the workshop that a hand-in shows as done."""
    milestones = plan.milestones if plan else ()
    done = {
        "bet": bool(known(entry.bets)),
        "reveal": any(stake.now for stake in known(entry.bets).values()),
        "chain": len(milestones) >= 3,
        "proof": bool(milestones) and all(m.proof and m.if_missed for m in milestones),
        "kill-line": bool(entry.kill_line.strip()),
        "next-test": bool(entry.next_test.strip()),
    }
    return tuple(step for step in STEPS if done[step])
