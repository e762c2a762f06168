"""What the keys of a plan are called in a sentence, in a word or two."""

from __future__ import annotations

import re

from workbook.consistency.described import keys_on
from workbook.errors import Message
from workbook.plan import LogEntry, Milestone, Plan
from workbook.words import Words

KEY = re.compile(r"`([a-z_.]+)`")
FIGURES = re.compile(r"\[([\d., -]+)\]")
PARTS = (Plan, Milestone, LogEntry)
ID = re.compile(r"'([^'\s]+)'")


def label_of(path: str) -> Message:
    """The name of what a path leads to, from the plan or from a milestone: `tests.belief`.

    A part that is named as a whole goes before its keys: `proof.of` is "proof".
    """
    keys = keys_on(path) or keys_on(path, Milestone) or keys_on("milestones")
    whole = next((key for key in keys if key.whole), keys[-1])
    return Message(whole.label)


def in_plain_words(text: str, plan: Plan, w: Words) -> str:
    """A sentence about a plan file, with labels in the place of keys and names in that of ids."""

    def key(found: re.Match[str]) -> str:
        path = found[1]
        known = next(filter(None, (keys_on(path, model) for model in PARTS)), ())
        return w("“{name}”", name=w(known[-1].label)) if known else found[0]

    def id(found: re.Match[str]) -> str:
        named = found[1] in plan.ids
        return w("“{name}”", name=w.name(plan.milestone(found[1]))) if named else found[0]

    def figures(found: re.Match[str]) -> str:
        return " / ".join(found[1].split(", "))

    return FIGURES.sub(figures, ID.sub(id, KEY.sub(key, text)))
