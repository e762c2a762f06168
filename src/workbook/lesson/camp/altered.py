"""The altered case: a school of music in a small town, with time to spare and a name to lose."""

from __future__ import annotations

from workbook.edit import edit
from workbook.lesson.camp.turns import EARLY, FORK, KERNEL, SECOND
from workbook.lesson.kinds import Candidate, choice
from workbook.lesson.plays import Plays
from workbook.outcomes import Outcomes
from workbook.plan import Edit, Option, Plan
from workbook.whatif.variants import AS_WRITTEN
from workbook.words import N_

MORE = 1.25


def music_school(plan: Plan) -> Plan:
    """The altered case: three years, more money, and a town in which everybody hears everything."""
    hurt = {"gives": {"nps": 50.0, "conversion": 0.01}}
    fork = next(fork for fork in plan.forks if fork.id == FORK)
    options = tuple(_in_a_small_town(o, hurt) if o.id == EARLY else o for o in fork.options)
    forks = tuple(
        f.model_copy(update={"options": options}) if f.id == FORK else f for f in plan.forks
    )
    changed = edit(
        plan, Edit.model_validate({"cash": MORE * (plan.cash or 0), "horizon_weeks": 156})
    )
    return changed.model_copy(update={"forks": forks})


def _in_a_small_town(option: Option, hurt: dict[str, dict[str, float]]) -> Option:
    tests = option.milestones[KERNEL]["tests"]
    redesign = {**tests["redesign"], **hurt}
    milestones = {KERNEL: {"tests": {**tests, "belief": 0.25, "redesign": redesign}}}
    return option.model_copy(update={"milestones": {**option.milestones, **milestones}})


def played_in_the_small_town(plays: Plays) -> dict[str, Outcomes]:
    """Each way in the altered case, on the same luck."""
    plan = music_school(plays.plan)
    return {id: plays.play({FORK: id}, plan=plan) for id in (AS_WRITTEN, EARLY, SECOND)}


ANOTHER_SCHOOL = choice(
    "another-school",
    {
        EARLY: Candidate(
            N_(
                "Not here. In a small town a bad name is everywhere at once, and it is three times "
                "likelier than not that the camp is unfinished."
            ),
            N_("Enrol everybody who asks, at once"),
        ),
        SECOND: Candidate(
            N_(
                "Close, and not enough. A second place buys speed, and with three years speed is "
                "what this school needs least; the second crew must be paid all the same."
            ),
            N_("Open a second place to test twice as much"),
        ),
        AS_WRITTEN: Candidate(
            N_(
                "Yes. Time is what it has and a name is what it can lose: restraint costs it only "
                "patience."
            ),
            N_("Stay small until it is good enough"),
        ),
    },
    played=played_in_the_small_town,
    meant=AS_WRITTEN,
    question=N_(
        "Another school: music, in a small town where everybody hears everything. It has a quarter "
        "more money than the camp and three years instead of two. Its weekend course is as far as "
        "the camp was at the fork; the teachers give it one chance in four of being good enough "
        "already, and a bad name would halve even what the camp had left. Which way?"
    ),
    hints=(
        N_("Which scarce thing decided the camp's fork, and does this school lack it too?"),
        N_("What does patience cost here, and what does a mistake cost?"),
    ),
)
