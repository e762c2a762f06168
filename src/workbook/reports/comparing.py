"""What `compare` prints: a fork's options, or what-ifs, beside the plan on the same luck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from workbook.errors import Fault, InputError, fault
from workbook.logged import plan_from_today
from workbook.plan import Plan
from workbook.play import OnProgress, no_progress
from workbook.portable import columns
from workbook.reports.markup import WHOLE
from workbook.whatif import Comparison, Variant, as_read, compare, options_of, read
from workbook.words import Words


def compared(
    plan: Plan,
    fork: str | None,
    edits: Sequence[str],
    choices: Mapping[str, str],
    runs: int,
    seed: int,
    on_progress: OnProgress = no_progress,
) -> Comparison:
    """The plan beside the options of a fork and beside each what-if; InputError without either."""
    if fork is None and not edits:
        nothing = fault("compare", "nothing to compare with; name a --fork or a --what-if")
        raise InputError(plan.id, [nothing])
    logged, plan = plan, plan_from_today(plan, choices)
    variants, faults = dict[str, Variant | Plan](), list[Fault]()
    for edit in edits:
        try:
            variants[edit] = read(plan, edit)
        except InputError as error:
            faults += error.faults
    if fork is not None:
        try:
            offered = options_of(plan, fork, choices)
            variants |= {
                id: replace(way, plan=plan_from_today(logged, way.choices))
                for id, way in offered.items()
                if way.choices.get(fork)
            }
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(plan.id, faults)
    return compare(plan, variants, choices=choices, runs=runs, seed=seed, on_progress=on_progress)


def compare_text(found: Comparison, words: Words) -> str:
    """A line for the plan and one for each variant, then each contrast in a sentence."""
    offered = [option for fork in found.base.plan.forks for option in fork.options]
    names = {edit: _with_reading(found.base.plan, edit) for edit in found.contrasts}
    names |= {option.id: words.name(option) for option in offered}
    heads = ("", words("goal"), words("ruin"))
    rows = [
        (name, *(words.percent(played.fates[fate], WHOLE) for fate in ("goal", "ruin")))
        for name, played in (
            (words("as written"), found.base),
            *((names[name], c.after) for name, c in found.contrasts.items()),
        )
    ]
    told = [
        words("{name}: {sentence}", name=names[name], sentence=contrast.sentence)
        for name, contrast in found.contrasts.items()
    ]
    return "\n\n".join([columns([heads, *rows]), "\n".join(told)])


def _with_reading(plan: Plan, edit: str) -> str:
    """A what-if as it was typed, and as it was read where that is written otherwise."""
    understood = as_read(plan, edit)
    return edit if understood == edit else f"{edit} = {understood}"
