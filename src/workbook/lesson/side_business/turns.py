"""The side business's turning points by name, and the numbers that several sections ask for."""

from __future__ import annotations

from workbook.lesson.plays import Choices, Plays
from workbook.whatif.variants import AS_WRITTEN

FORK, FIRST_NODE = "by-hand-or-not", "first-node"
HAND_OUT, SHORT, GOODS_FIRST = "hand-out-first", "short-round", "goods-first"
FLOW, GOAL = "by-hand", "pace"
NODES = ("packing", "answering", "ordering", "listing", "sourcing")
LAST_NODE = "sourcing"
SALES = "yearly"
BELIEF = f"milestones.{FLOW}.tests.belief"

BY_HAND: Choices = {FORK: AS_WRITTEN}
AGENCY: Choices = {FORK: HAND_OUT}


def all_handed_out(plays: Plays) -> float:
    """The week by which half of those who begin by hand have handed all out; else the deadline."""
    week = plays.play(BY_HAND).milestones[LAST_NODE].weeks[0.5]
    return float(plays.plan.horizon_weeks if week is None else week)
