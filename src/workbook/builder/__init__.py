"""Build your own chain: what the builder knows and does, with or without a browser.

Below the view nothing here knows widgets: state is traitlets, edits are plans, pictures are
strings. Read from the middle outwards:

    edits.py          one edit each: a plan in, a plan and a sentence out, or a refusal
    deletion.py       the edit that has most to mend
    paths.py          any single value of the plan file, by its dotted path
    entry.py          what is typed into a box: read, asked or refused
    forks.py          the option taken at a fork, and when a fork opens
    labels.py         what the keys of a plan are called
    refusal.py        why an edit was not made
    history.py        undo and redo
    state.py          State: the plan being built, what is selected, what was just said
    answers.py        at every change: fates, runway, weeks
    estimates.py      which figures nobody has written yet, and the odds that lean on them
    plan_diff.py      two versions: what was changed, and what comes of it on one luck
    advice.py         what to try next, a piece at a time: asked.py plays, enough.py seeks cash
    pace.py           thirty changes, five redraws, the last value wins
    careful.py        a callback that raises says so in a line
    shelf.py          the plan file, and what may go wrong with files
    versions.py       the last ten versions of it, and those set aside
    starts.py         blank, from a case, a file or a table
    guide.py          the guided path from a blank page
    retrospective.py  what happened and what was decided, written into the plan
    hindsight.py      forecast beside fact, what was learned, the decision asked for
    view              the screen in the notebook, and the page's own parts in `front`
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbook.builder.view import open_builder

__all__ = ["open_builder"]


def __getattr__(name: str) -> Any:
    """The door, when it is first asked for: widgets are loaded with it, and not before."""
    if name == "open_builder":
        from workbook.builder.view import open_builder

        return open_builder
    raise AttributeError(name)
