"""The content of each counted hand-in: its bets, and its chain simulated like any other plan.

If a chain cannot be read or simulated, the answer keeps the bets and says what is wrong with the
chain.
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
from workbook.workshop.bets import known_bets
from workbook.workshop.hand_in import STEPS, HandIn, Stake
from workbook.workshop.inbox import ReceivedFile

MOST_CHARACTERS, MOST_MILESTONES = 60_000, 60
"""Limits for a chain that is simulated with a class, so that one chain cannot delay the others."""
RUNS = 1_000
"""Runs per chain: chances to within 3 in 100, and a class of sixty in seconds."""


@dataclass(frozen=True)
class SimulatedChain:
    """A participant's chain with its simulated results.

    Attributes
    ----------
    goal, goal_error
        Chance of the goal, 0..1, and its standard error.
    runway_weeks
        Cash at the start divided by burn; None if the plan has no cash or no burn.
    dies_at
        The stage of the milestone at which ruin is most frequent; empty if the milestone has no
        stage, or if ruin is rare.
    passes
        Pass rate of the first attempt, per milestone; for a hypothesis its belief.
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
    """The content of one participant's hand-in.

    Attributes
    ----------
    receipt
        The receipt of the present content, even if the file was altered.
    done
        The completed steps of the workshop, in order.
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
    chain: SimulatedChain | None = None
    trouble: Message | None = None

    @property
    def step(self) -> str:
        """The first step that is not done; empty when all are done."""
        return next((step for step in STEPS if step not in self.done), "")


def answers(found: Iterable[ReceivedFile], seed: int = 1) -> tuple[Answer, ...]:
    """Return the answers of the hand-ins that count, all chains simulated with the same seed."""
    return tuple(_answer(a.file, a.entry, seed) for a in found if a.counts and a.entry)


def _answer(file: str, entry: HandIn, seed: int) -> Answer:
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
        bets=known_bets(entry.bets),
        chain=chain,
        trouble=trouble,
    )


@lru_cache(maxsize=500)
def _chain(text: str, seed: int) -> tuple[SimulatedChain | None, Message | None]:
    """Return the simulated chain, or what is wrong with it; cached for a class that is watched."""
    too_large = Message("this chain is too large to be played here")
    if len(text) > MOST_CHARACTERS or text.count("id:") > 3 * MOST_MILESTONES:
        return None, too_large
    try:
        plan = cases.read_text(text, "plan").plan
        if len(plan.milestones) > MOST_MILESTONES:
            return None, too_large
        return simulated_chain(plan, seed), None
    except InputError as error:
        return None, error.faults[0].message
    except (MemoryError, RecursionError):
        return None, too_large
    except Exception as error:  # no chain may keep the rest of the class from being collected
        values = {"problem": f"{type(error).__name__}: {error}"[:200]}
        return None, Message("this chain cannot be played ({problem})", values)


def simulated_chain(plan: Plan, seed: int = 1) -> SimulatedChain:
    """Simulate a participant's plan and collect the figures that the wall shows."""
    played = play(plan, runs=RUNS, seed=seed, how="simulated")
    burns = plan.cash is not None and plan.burn_per_week > 0
    return SimulatedChain(
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


def steps_done(entry: HandIn, plan: Plan | None) -> tuple[str, ...]:
    """Return the steps of the workshop that a hand-in has completed."""
    milestones = plan.milestones if plan else ()
    done = {
        "bet": bool(known_bets(entry.bets)),
        "reveal": any(stake.now for stake in known_bets(entry.bets).values()),
        "chain": len(milestones) >= 3,
        "proof": bool(milestones) and all(m.proof and m.if_missed for m in milestones),
        "kill-line": bool(entry.kill_line.strip()),
        "next-test": bool(entry.next_test.strip()),
    }
    return tuple(step for step in STEPS if done[step])
