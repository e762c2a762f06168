"""A lever: one change that a founder could make, with the name it goes by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workbook.edit import edit
from workbook.lesson.plays import Plays, fork_of
from workbook.outcomes import Outcomes
from workbook.plan import Edit, Plan
from workbook.words import Words


@dataclass(frozen=True)
class Lever:
    """An edit of the plan, options taken at forks, or both.

    Attributes
    ----------
    label
        What it is called; left empty, the name of the option that it takes.
    change
        Keys of an `Edit`: `{"burn_per_week": "-2000"}`.
    choices
        Option ids by fork id.
    short
        A word to whoever pulled it in vain.
    """

    label: str = ""
    change: Mapping[str, Any] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    short: str = ""

    def name(self, plan: Plan, w: Words) -> str:
        """What the lever is called in the reader's language."""
        if self.label:
            return w(self.label)
        taken = (
            next(option for option in fork_of(plan, fork).options if option.id == id)
            for fork, id in self.choices.items()
        )
        return w.list([w.name(option) for option in taken])


def option(fork: str, id: str) -> Lever:
    """The lever that takes an option of a fork, called by the option's name."""
    return Lever(choices={fork: id})


def pulled(plays: Plays, levers: tuple[Lever, ...], plan: Plan | None = None) -> Outcomes:
    """What comes of the plan with these levers pulled, each edit on top of the one before."""
    changed = plan or plays.plan
    choices: dict[str, str] = {}
    for lever in levers:
        changed = edit(changed, Edit.model_validate(dict(lever.change)))
        choices |= dict(lever.choices)
    return plays.play(choices, plan=changed)
