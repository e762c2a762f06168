"""Build your own chain: a plan under construction, with or without a browser.

Only `view` knows widgets: state is traitlets, edits are plans, pictures are strings.

    edits.py           one edit each: a plan in, a plan and a sentence out, or a refusal
    deletion.py        deleting a milestone, with all that refers to it
    paths.py           any single value of the plan file, by its dotted path
    entry.py           what is typed into a box: read, asked or refused
    forks.py           the option taken at a fork, and when a fork opens
    labels.py          what the keys of a plan are called
    refusal.py         why an edit was not made
    history.py         undo and redo
    state.py           State: the plan, what is selected, what was just said
    answers.py         fates, runway and weeks, after every change
    reasons.py         why the odds are what they are
    estimates.py       figures that nobody has written yet, and the odds that depend on them
    plan_diff.py       two versions: what was changed, and what it does to the odds
    advice.py          what to try next, a piece at a time (asked.py, cash_search.py)
    throttle.py        how often the odds are played while changes keep coming
    callback_errors.py an error in a callback becomes a sentence
    plan_store.py      the plan file, and what may go wrong with files
    versions.py        the last ten versions of it, and those set aside
    imports.py         a new plan: blank, from a case, a file or a table
    guide.py           the guided path from a blank page
    retrospective.py   what happened and what was decided, written into the plan
    hindsight.py       forecasts beside facts, what was learned, the decision to make
    view               the screen in the notebook; its page stands in `front`
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbook.builder.view import open_builder

__all__ = ["open_builder"]


def __getattr__(name: str) -> Any:
    """`open_builder`, imported when it is first used: widgets are loaded with it."""
    if name == "open_builder":
        from workbook.builder.view import open_builder

        return open_builder
    raise AttributeError(name)
