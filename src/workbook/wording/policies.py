"""A policy in words: what to do at each decision, when to stop, and what following it is worth."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.coach.policy import PolicyValue
from workbook.coach.questions import Question
from workbook.coach.rules import Rule, Split
from workbook.wording.debriefs import run_on
from workbook.words import N_, Words

CONDITIONS = {
    ("cash", True): N_("cash is below {at}"),
    ("cash", False): N_("cash is {at} or more"),
    ("week", True): N_("it is before {at}"),
    ("week", False): N_("it is {at} or later"),
    ("tries", True): N_("it has been tried fewer than {at} times"),
    ("tries", False): N_("it has been tried {at} times or more"),
}

NO_DECISION = N_("This plan has no decision in it: there is no fork, and nothing to leave out.")

UNREACHED = N_(
    "No option reaches the goal: not one of {n} lives did, as written, with any fixed choice, or"
    " by the best rules that were found. Change the plan itself: more money, more time, or other"
    " steps."
)
HARDLY = N_(
    "Whatever is decided, fewer than 5 lives in 100 reach the goal. Change the plan itself before"
    " you begin: more money, more time, or other steps."
)


def policy_lines(found: PolicyValue, w: Words) -> tuple[str, ...]:
    """Return the whole policy, a paragraph each: what it is worth, then what to do."""
    if not found.rules:
        return (w(NO_DECISION),)
    if not (found.chance or found.as_written or found.best_fixed):
        return (w(UNREACHED, n=found.lives),)
    return (worth(found, w), *rules_text(found, w), *_order(found, w), *_stop(found, w))


def worth(found: PolicyValue, w: Words) -> str:
    """Return how often who plays by it arrives, against the plan as written and a fixed choice."""
    odds = w(
        "Played by these rules, {policy} lives in 100 reach the goal (give or take {error}); as"
        " written {written}, and with the best fixed choice {fixed}.",
        policy=round(100 * found.chance),
        error=round(200 * found.error, 1),
        written=round(100 * found.as_written),
        fixed=round(100 * found.best_fixed),
    )
    if found.is_worth_it:
        points = w.apart(round(found.over_fixed.value, 2))
        return run_on(w, odds, w("To decide by what you see is worth {points}.", points=points))
    if not found.over_written.decides:
        return run_on(w, odds, w("No clear difference: no decision here matters much."))
    return run_on(
        w, odds, w("No clear difference to the best fixed choice: choose it and keep to it.")
    )


def rules_text(found: PolicyValue, w: Words) -> tuple[str, ...]:
    """Return the rule of each decision, a sentence each."""
    return tuple(_rule_text(found, question, rule, w) for question, rule in found.rules)


def _rule_text(found: PolicyValue, question: Question, rule: Rule, w: Words) -> str:
    parts = []
    for conditions, option in _branches(rule):
        conditions_met = [_condition(one, below, found, w) for one, below in conditions]
        what = _option(question, option, w)
        if conditions_met:
            parts.append(
                w("when {conditions}: {what}", conditions=w.list(conditions_met), what=what)
            )
        else:
            parts.append(what)
    return w("{fork}: {rule}.", fork=_name(found, question, w), rule=w("; ").join(parts))


def _branches(
    rule: Rule, above: tuple[tuple[Split, bool], ...] = ()
) -> Iterator[tuple[tuple[tuple[Split, bool], ...], int]]:
    """Yield every leaf of a rule with the conditions that lead to it."""
    if isinstance(rule, int):
        yield above, rule
    else:
        yield from _branches(rule.then, (*above, (rule, True)))
        yield from _branches(rule.other, (*above, (rule, False)))


def _condition(split: Split, below: bool, found: PolicyValue, w: Words) -> str:
    at: object = split.below
    if split.feature == "cash":
        at = w.money(split.below, found.plan.currency)
    elif split.feature == "week":
        at = w.week(int(split.below), found.plan.starts)
    return w(CONDITIONS[split.feature, below], at=at)


def _option(question: Question, number: int, w: Words) -> str:
    if question.skips:
        return w("leave it out") if number else w("do it")
    if not number:
        return w("go on as written")
    return w("take “{option}”", option=w.name(question.options[number - 1]))


def _name(found: PolicyValue, question: Question, w: Words) -> str:
    if question.skips:
        return w.name(found.plan.milestone(question.skips))
    return w.name(question.fork)


def _order(found: PolicyValue, w: Words) -> tuple[str, ...]:
    if found.order is None:
        return ()
    names = {m.id: w.name(m) for m in found.plan.milestones}
    out = {*found.plan.skips, *found.left_out}
    order = [names[id] for id in found.order if id in names and id not in out]
    return (w("Work in this order: {order}.", order=" → ".join(order)),) if order else ()


def _stop(found: PolicyValue, w: Words) -> tuple[str, ...]:
    stop = found.stop
    if found.hopeless:
        return (w(HARDLY),)
    if stop is None:
        return (w("No milestone says clearly when to stop."),)
    return (
        w(
            "Stop if “{what}” is not reached by the end of {week}: {share} lives in 100 come to"
            " that, and fewer than {few} in 100 of them still reach the goal.",
            what=w.name(found.plan.milestone(stop.milestone)),
            week=w.week(stop.week, found.plan.starts),
            share=round(100 * stop.share),
            few=5,
        ),
    )
