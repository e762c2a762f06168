"""What the keys of a plan are called in a sentence, in a word or two."""

from __future__ import annotations

from collections.abc import Mapping

from workbook.errors import Message

LABELS: Mapping[str, Message] = {
    "title": Message("title"),
    "currency": Message("currency"),
    "goal": Message("the goal"),
    "horizon_weeks": Message("horizon"),
    "cash": Message("cash"),
    "burn_per_week": Message("burn a week"),
    "hours_per_week": Message("hours a week"),
    "running_hours_per_week": Message("hours that the business takes"),
    "revenue_per_week": Message("other revenue a week"),
    "reach_per_week": Message("people reached a week"),
    "conversion": Message("conversion"),
    "price": Message("price"),
    "margin": Message("margin"),
    "due": Message("money promised"),
    "measures": Message("measures"),
    "skips": Message("what is left out"),
    "milestones": Message("milestones"),
    "forks": Message("forks"),
    "log": Message("log"),
    "name": Message("name"),
    "stage": Message("stage"),
    "necessary": Message("necessary or not"),
    "needs": Message("needs"),
    "relies_on": Message("what it relies on"),
    "weeks": Message("weeks of an attempt"),
    "hours": Message("hours of an attempt"),
    "cost": Message("cost of an attempt"),
    "pass_rate": Message("pass rate"),
    "attempts": Message("most attempts"),
    "teams": Message("teams"),
    "belief": Message("belief"),
    "tests": Message("what it tests"),
    "redesign": Message("redesign"),
    "proof": Message("proof"),
    "if_missed": Message("what if it is missed"),
    "gives": Message("what it gives"),
    "funding": Message("funding"),
    "note": Message("note"),
}
WHOLES = ("redesign", "proof", "funding", "measures", "due", "forks", "log")
"""Parts that are named as a whole, whatever of them is meant."""


def label_of(path: str) -> Message:
    """The name of what a path leads to: `tests.belief` is "belief", `proof.of` is "proof"."""
    steps = path.split(".")
    if steps[:1] == ["milestones"]:
        steps = steps[2:] or steps
    whole = next((step for step in steps if step in WHOLES), "")
    for step in (whole, *reversed(steps)):
        if step in LABELS:
            return LABELS[step]
    return LABELS["milestones"]
