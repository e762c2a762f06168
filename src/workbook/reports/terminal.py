"""What the commands print: `check`, `play`, `compare`, `order` and `solve`.

The findings are those on the page, as lines for a terminal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workbook.cases import Case
from workbook.charts.text_layout import never_seen
from workbook.consistency import faults_of, shown
from workbook.edit import chosen, reordered, skipping, unknown
from workbook.errors import Fault, InputError, Message, fault
from workbook.logged import plan_from_today
from workbook.outcomes import FATES, Outcomes
from workbook.plan import Plan
from workbook.play import OnProgress, no_progress
from workbook.portable import columns
from workbook.reports.markup import WHOLE
from workbook.reports.results import finding
from workbook.reports.task import plan_named
from workbook.retrospect import learnt_messages
from workbook.review import Finding, review
from workbook.sequence import Ranking, Scored, Swap
from workbook.solve import (
    BreakEven,
    Required,
    earliest_week,
    least_cash,
    least_pass_rate,
    test_or_skip,
)
from workbook.whatif import Comparison, Variant, as_read, compare, options_of, read
from workbook.wording.findings import findings_said
from workbook.words import Words
from workbook.words.figures import paragraph


@dataclass(frozen=True)
class Checked:
    """The result of `check` for a plan: its faults, or the findings of the rules.

    `remarks` are about the file; they are not faults.
    """

    source: str
    id: str | None = None
    error: InputError | None = None
    findings: tuple[Finding, ...] = ()
    remarks: tuple[Message | Fault, ...] = ()


def checked(source: str) -> Checked:
    """Read a plan and apply the rules."""
    try:
        case, _ = plan_named(source)
    except InputError as error:
        return Checked(source, error=error)
    return Checked(source, case.id, findings=review(case.plan), remarks=_remarks(case))


def _remarks(case: Case) -> tuple[Message | Fault, ...]:
    """Remarks on the file: how it was read, and a name that differs from the id."""
    learnt = learnt_messages(case.plan)
    if case.path is None or case.path.stem == case.id:
        return (*case.notes, *learnt)
    template = "the id is '{id}' and the file's name '{stem}'; better give both one name"
    return (*case.notes, Message(template, {"id": case.id, "stem": shown(case.path.stem)}), *learnt)


def _remark(remark: Message | Fault, words: Words) -> str:
    return words.fault(remark) if isinstance(remark, Fault) else words.message(remark)


def check_data(results: Sequence[Checked], words: Words) -> dict[str, Any]:
    """What `check --json` prints."""
    return {"plans": [_check_row(result, words) for result in results]}


def _check_row(result: Checked, words: Words) -> dict[str, Any]:
    faults = result.error.faults if result.error else ()
    return {
        "source": result.source,
        "id": result.id,
        "faults": [
            {"line": f.line, "path": f.path, "message": words.message(f.message)} for f in faults
        ],
        "findings": [
            {
                "rule": f.rule,
                "claim": f.claim,
                "milestone": f.milestone,
                "message": words.message(f.message),
            }
            for f in result.findings
        ],
        "remarks": [_remark(remark, words) for remark in result.remarks],
    }


def check_text(results: Sequence[Checked], words: Words) -> str:
    """What `check` prints for the plans without faults; faults go to stderr."""
    return "\n".join(_check_lines(result, words) for result in results if result.error is None)


def _check_lines(result: Checked, words: Words) -> str:
    remarks = [f"  {_remark(remark, words)}" for remark in result.remarks]
    said = findings_said(result.findings, words)
    if not said:
        head = words("{source}: no fault, and the rules have nothing to ask", source=result.source)
        return "\n".join([head, *remarks])
    head = words.n(
        "{source}: no fault; the rules have {n} thing to ask:",
        "{source}: no fault; the rules have {n} things to ask:",
        len(said),
        source=result.source,
    )
    lines = [f"  {finding.claim:<4}{sentence}" for finding, sentence in said]
    return "\n".join([head, *lines, *remarks])


Choices = dict[str, str]


def prepared(
    plan: Plan,
    options: Sequence[tuple[str, str]],
    *,
    skip: Sequence[str] = (),
    order: Sequence[str] = (),
) -> tuple[Plan, Choices]:
    """The plan with milestones left out and reordered, and the option taken at each fork.

    Raises
    ------
    InputError
        With every fault of the options, the milestones left out and the order.
    """
    left_out = [id for ids in skip for id in ids.split(",") if id]
    skipped = skipping(plan, *(id for id in left_out if id in plan.ids))
    faults = [*_option_faults(plan, options), *unknown(plan, "skips", left_out)]
    faults += faults_of(skipped) if skip else ()
    try:
        plan = reordered(skipped, order) if order else skipped
        faults += faults_of(plan) if order and not faults else []
    except InputError as error:
        faults += error.faults
    if faults:
        raise InputError(plan.id, faults)
    return plan, dict(options)


def _option_faults(plan: Plan, options: Sequence[tuple[str, str]]) -> list[Fault]:
    """What is wrong with the options named, each fork's by itself."""
    counts = Counter(fork for fork, _ in options)
    template = "an option is given more than once; take one"
    faults = [fault(f"forks.{fork}", template) for fork, count in counts.items() if count > 1]
    for fork, option in dict.fromkeys(options):
        try:
            chosen(plan, {fork: option})
        except InputError as error:
            faults += [each for each in error.faults if each not in faults]
    return faults


def play_text(played: Outcomes, words: Words) -> str:
    """What `play` prints: the finding, the fates, the milestones."""
    fates = [(words.fate(fate), words.fate_percent(played.fates, fate)) for fate in FATES]
    heads = (
        words("milestone"),
        words("reached"),
        words("half by"),
        words("8 in 10 by"),
        words("money dies here"),
    )
    rows = [
        (
            words.name(played.as_played.milestone(id)),
            words.percent(outcome.reached, WHOLE),
            *(words.when(outcome.weeks.get(q), played.plan.starts) for q in (0.5, 0.8)),
            words.percent(outcome.died_here, WHOLE),
        )
        for id, outcome in played.milestones.items()
    ]
    how = words("computed exactly")
    if played.how == "simulated":
        how = words("simulated: {n} lives, seed {seed}", n=played.runs, seed=str(played.seed))
        if unseen := never_seen(played, words):
            how = words("{first}; {second}", first=how, second=unseen)
    return "\n\n".join([finding(played, words), columns(fates), columns([heads, *rows]), how])


def compared(
    plan: Plan,
    fork: str | None,
    edits: Sequence[str],
    choices: Mapping[str, str],
    runs: int,
    seed: int,
    on_progress: OnProgress = no_progress,
) -> Comparison:
    """Compare the plan with the options of a fork and with each what-if; InputError without any."""
    if fork is None and not edits:
        nothing = fault("compare", "nothing to compare with; name a --fork or a --what-if")
        raise InputError(plan.id, [nothing])
    logged, plan = plan, plan_from_today(plan, choices)
    variants = _variants(logged, plan, fork, edits, choices)
    return compare(plan, variants, choices=choices, runs=runs, seed=seed, on_progress=on_progress)


def _variants(
    logged: Plan, plan: Plan, fork: str | None, edits: Sequence[str], choices: Mapping[str, str]
) -> dict[str, Variant | Plan]:
    """Return what the plan is compared with; InputError with the faults of all of it."""
    variants, faults = dict[str, Variant | Plan](), list[Fault]()
    for edit in edits:
        try:
            variants[edit] = read(plan, edit)
        except InputError as error:
            faults += error.faults
    if fork is not None:
        try:
            variants |= _ways(logged, plan, fork, choices)
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(plan.id, faults)
    return variants


def _ways(logged: Plan, plan: Plan, fork: str, choices: Mapping[str, str]) -> dict[str, Variant]:
    """Return the options of a fork, each with the plan of today if it had been taken."""
    return {
        id: replace(way, plan=plan_from_today(logged, way.choices))
        for id, way in options_of(plan, fork, choices).items()
        if way.choices.get(fork)
    }


def compare_text(found: Comparison, words: Words) -> str:
    """One line for the plan and each variant, then a sentence for each contrast."""
    offered = [option for fork in found.base.plan.forks for option in fork.options]
    names = {edit: _with_reading(found.base.plan, edit) for edit in found.contrasts}
    names |= {option.id: words.name(option) for option in offered}
    heads = ("", words("goal"), words("ruin"))
    rows = [
        (name, *(words.fate_percent(played.fates, fate) for fate in ("goal", "ruin")))
        for name, played in (
            (words("as written"), found.base),
            *((names[name], c.after) for name, c in found.contrasts.items()),
        )
    ]
    lines = [
        words(
            "{name}: {sentence}",
            name=names[name],
            sentence=paragraph(*map(words.message, c.sentences)),
        )
        for name, c in found.contrasts.items()
    ]
    return "\n\n".join([columns([heads, *rows]), "\n".join(lines)])


def _with_reading(plan: Plan, edit: str) -> str:
    """A what-if as it was typed, and as it was read where that is written otherwise."""
    understood = as_read(plan, edit)
    return edit if understood == edit else f"{edit} = {understood}"


def order_text(ranking: Ranking, plan: Plan, words: Words) -> str:
    """The rank of the plan's order, the best order, the best swap and the reasons."""
    if ranking.orders == 1:
        return words("The dependencies allow one order only, and it is yours.")
    names = {milestone.id: words.name(milestone) for milestone in plan.milestones}
    heads = ("", words("goal"), words("left at the end"))
    rows = [
        _row(words("your order"), ranking.yours, plan, words),
        _row(words("best order"), ranking.best, plan, words),
    ]
    best = words("Best order: {order}.", order=" → ".join(names[id] for id in ranking.best.order))
    parts = [_place(ranking, words), columns([heads, *rows]), best]
    if ranking.swap is not None and ranking.swap.clear:
        parts.append(_swap(ranking.swap, names, words))
    return "\n\n".join([*parts, "\n".join(words.message(reason) for reason in ranking.reasons)])


def _place(ranking: Ranking, words: Words) -> str:
    if ranking.orders is not None and ranking.tried == ranking.orders:
        return words(
            "Your order is number {position} of the {orders} that the dependencies allow.",
            position=ranking.position,
            orders=ranking.orders,
        )
    return words(
        "The dependencies allow more orders than were played; of {tried} tried, yours is number"
        " {position}.",
        position=ranking.position,
        tried=ranking.tried,
    )


def _row(name: str, scored: Scored, plan: Plan, words: Words) -> tuple[str, str, str]:
    cash = words.money(scored.cash, plan.currency)
    return name, words.percent(scored.goal, max(WHOLE, scored.goal_error)), cash


def _swap(swap: Swap, names: dict[str, str], words: Words) -> str:
    return words(
        "Best single swap: “{first}” and “{second}” change places; the goal is then reached with a"
        " chance of {goal}.",
        first=names[swap.first],
        second=names[swap.second],
        goal=words.percent(swap.scored.goal, WHOLE),
    )


def solved(
    plan: Plan,
    by: str,
    wanted: float,
    choices: Mapping[str, str],
    *,
    runs: int,
    seed: int,
    on_progress: OnProgress = no_progress,
) -> Required | BreakEven:
    """Solve for one figure; InputError if it cannot be solved for."""
    figure, _, id = by.partition(":")
    lives: dict[str, Any] = {"runs": runs, "seed": seed, "on_progress": on_progress}
    if figure == "cash" and not id:
        return least_cash(plan, wanted, choices, **lives)
    if figure == "week" and not id:
        return earliest_week(plan, wanted, choices, **lives)
    if figure == "pass_rate" and id:
        return least_pass_rate(plan, id, wanted, choices, **lives)
    if figure == "belief" and id:
        return test_or_skip(plan, id, choices, **lives)
    template = "'{found}' is nothing to solve for; write cash, week, pass_rate:ID or belief:ID"
    raise InputError(plan.id, [fault("--by", template, found=by)])


def solve_text(found: Required | BreakEven, words: Words) -> str:
    """The answer in a sentence."""
    return words.message(found.message)
