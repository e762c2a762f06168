"""A class that never sat in a room: its hand-ins, made from a seed, as files."""

from __future__ import annotations

from pathlib import Path
from random import Random

from workbook.workshop.hand_in import SUFFIX, HandIn, Stake
from workbook.workshop.wall import Wall, next_panels, wall

FORK = "caffeine-lozenge/cash-gap"
OPTIONS = ("borrow", "launch-early", "wait")
STAGES = ("demand", "kernel", "price", "channel", "growth")


def plan_text(random: Random, milestones: int = 3) -> str:
    """A chain of a participant's own: a line of milestones, most of them with proof."""
    ids = [f"m{n}" for n in range(1, milestones + 1)]
    lines = [
        "plan: 1",
        "id: own",
        "title: My own <b>chain</b>",
        f"goal: {ids[-1]}",
        "horizon_weeks: 52",
        f"cash: {random.randrange(20, 90) * 1000}",
        f"burn_per_week: {random.randrange(5, 30) * 100}",
        "milestones:",
    ]
    for n, id in enumerate(ids):
        needs = f", needs: [{ids[n - 1]}]" if n else ""
        rate = random.choice((0.3, 0.5, 0.6, 0.8))
        lines.append(
            f"  - {{id: {id}, name: Step {n + 1}, stage: {STAGES[n % 5]}{needs}, "
            f"weeks: {random.randrange(1, 6)}, cost: 1000, pass_rate: {rate}, attempts: 4, "
            f"if_missed: Ask again., "
            f"proof: {{measure: buyers, at_least: 5, of: 20, unit: people}}}}"
        )
    return "\n".join(lines) + "\n"


def entry(n: int, seed: int = 1, *, minute: int = 0) -> HandIn:
    """The hand-in of the n-th participant."""
    random = Random(f"{seed}/{n}")
    choice = random.choice(OPTIONS)
    stake = Stake(
        choice=choice,
        confidence=random.randrange(50, 101, 5) / 100,
        now=random.choice((choice, choice, "launch-early")),
    )
    return HandIn(
        person=f"person-{n}",
        name=f"Participant {n}",
        made=f"2026-11-22T10:{minute:02d}:00+00:00",
        bets={FORK: stake},
        plan=plan_text(random, random.randrange(3, 6)),
        kill_line="Week 12, or 20,000 left.",
        next_test="Ask ten bakers on Monday.",
    ).sealed()


def hand_in(folder: Path, entry: HandIn, name: str = "") -> Path:
    """Write a hand-in as the participant's notebook does."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (name or f"{entry.person}{SUFFIX}")
    path.write_text(entry.text(), "utf-8")
    return path


def wall_of(answers, chance: Random | None = None) -> Wall:
    """The first wall of a class, of which nothing has been shown before."""
    return wall(next_panels({}, answers, chance), len(answers))
