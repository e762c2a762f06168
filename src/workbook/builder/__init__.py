"""Build your own chain: a plan under construction, with or without a browser.

Only `view` knows widgets: state is traitlets, edits are plans, pictures are strings.

    edits.py           one edit each: a plan in, a plan and a sentence out, or a refusal
    deletion.py        deleting a milestone, with all that refers to it
    several.py         edits on several milestones: copied, left out, deleted; doubts
    paths.py           any single value of the plan file, by its dotted path
    rows.py            the chain as a table: cells written in one step
    entry.py           what is typed into a box: read, asked or refused
    forks.py           the option taken at a fork, and when a fork opens
    history.py         Steps: how an edit is made, said, undone and done again
    state.py           State: the plan, what is selected, what was just said
    answers.py         fates, runway and weeks, after every change
    reasons.py         why the odds are what they are, and which rest on no estimate
    plan_diff.py       two versions: what was changed, and what it does to the odds
    advice.py          what to try next, a piece at a time
    asked.py           the plan that advice is asked about, and the pieces of advice
    cash_search.py     how much cash is enough, and the odds over the cash
    moves.py           edits that a founder could make next, small and large
    throttle.py        how often the odds are played while changes keep coming
    plan_store.py      the plan file and its last ten versions
    plans.py           the plans in the folder: made, copied, renamed, put aside
    imports.py         a new plan: from a case, a file, a table, or by six questions
    hindsight.py       what happened, next to the forecast; the decision to make
    view               the screen in the notebook; its page is in `front`
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
