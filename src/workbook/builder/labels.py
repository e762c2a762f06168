"""What the keys of a plan are called in a sentence, in a word or two."""

from __future__ import annotations

from workbook.consistency.described import keys_on
from workbook.errors import Message
from workbook.plan import Milestone


def label_of(path: str) -> Message:
    """The name of what a path leads to, from the plan or from a milestone: `tests.belief`.

    A part that is named as a whole goes before its keys: `proof.of` is "proof".
    """
    keys = keys_on(path) or keys_on(path, Milestone) or keys_on("milestones")
    whole = next((key for key in keys if key.whole), keys[-1])
    return Message(whole.label)
