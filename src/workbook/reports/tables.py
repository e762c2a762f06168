"""The tables of a report: milestones, costs, and where the figures come from.

A milestone has its proof, how often and when it is reached, and where lives end. A figure is
stated, derived, assumed or yours, each with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from workbook import cases
from workbook.cases import Case, Fact
from workbook.cases.case import CaseFile
from workbook.consistency.shape import keys_on
from workbook.law import Cost, costs_of
from workbook.outcomes import MilestoneOutcome, Outcomes
from workbook.plan import Milestone, Plan, Proof, Role
from workbook.reports.markup import Cell, Group, Row, paragraph, share_cell, table
from workbook.wording.proofs import level_of
from workbook.words import N_, Words

NO_LEVEL = "–"


def milestones_table(outcomes: Outcomes, words: Words) -> str:
    """The table in the plan's order; skipped milestones are named below it."""
    plan = outcomes.plan
    with_cash = plan.cash is not None
    heads = [words("milestone"), words("reached"), words("half by week"), words("8 in 10 by week")]
    heads += [words("money dies here")] if with_cash else []
    heads.append(words("stuck here"))
    rows = [
        _row(milestone, outcomes.milestones[milestone.id], with_cash, words, plan.starts)
        for milestone in plan.attempted
        if milestone.id in outcomes.milestones
    ]
    shown = table(heads, rows) if rows else paragraph(words("This plan has no milestones."))
    skipped = [words.name(plan.milestone(id)) for id in plan.skips]
    if skipped:
        shown += paragraph(words("Left out on purpose: {names}.", names=skipped), "note")
    return shown


def costs_table(plan: Plan, words: Words) -> str:
    """The list of costs: burn, bills and salaries with their weeks and sums to the horizon."""
    if not (plan.bills or plan.roles):
        return ""
    heads = [words("cost"), words("amount"), words("first week"), words("then"), words("last week")]
    heads.append(words("in all, to week {week}", week=str(plan.horizon_weeks)))
    costs = costs_of(plan)
    rows = [_cost_row(cost, plan, words) for cost in costs]
    total = words.money(sum(cost.total_cents for cost in costs) / 100, plan.currency)
    rows.append([words("all of them"), *[""] * 4, Cell(total, number=True)])
    return table(heads, rows) + paragraph(words("As written at the start; milestones change some."))


def _cost_row(cost: Cost, plan: Plan, words: Words) -> list[str | Cell]:
    name = words("burn") if cost.of is None else words.text(cost.of.name) or cost.of.id
    if isinstance(cost.of, Role) and cost.of.headcount != 1:
        name = words("{name}, {n} of them", name=name, n=words.number(cost.of.headcount))
    then = words("once")
    if cost.every_weeks is not None:
        then = words.n("every {n} week", "every {n} weeks", cost.every_weeks)
    figures = (
        words.money(cost.amount, plan.currency),
        words.when(cost.first_week, plan.starts),
        then,
        words.when(cost.last_week, plan.starts),
        words.money(cost.total_cents / 100, plan.currency),
    )
    return [name, *(Cell(text, number=True) for text in figures)]


def _row(
    milestone: Milestone,
    outcome: MilestoneOutcome,
    with_cash: bool,
    words: Words,
    starts: str | None,
) -> list[str | Cell]:
    missed = words.text(milestone.if_missed)
    below = [words("proof: {proof}", proof=proof_text(milestone.proof, words))]
    below += [words("if missed: {what}", what=missed)] if missed else []
    cells: list[str | Cell] = [
        Cell(words.name(milestone), below=tuple(below)),
        share_cell(outcome.reached, words),
        *(Cell(words.when(outcome.weeks.get(q), starts), number=True) for q in (0.5, 0.8)),
    ]
    cells += [share_cell(outcome.died_here, words)] if with_cash else []
    cells.append(share_cell(outcome.stuck_here, words))
    return cells


def proof_text(proof: Proof | None, words: Words) -> str:
    """The proof of a milestone in one line: the measure and the level it must meet."""
    if proof is None:
        return words("none is written down")
    measure, level = words.text(proof.measure), level_text(proof, words)
    if level == NO_LEVEL:
        return words("{measure} (no level set)", measure=measure)
    return words("{measure}: {level}", measure=measure, level=level)


def level_text(proof: Proof, words: Words) -> str:
    """The level that a proof must meet, with its unit; a dash if it sets no level."""
    return level_of(proof, words) or NO_LEVEL


KINDS = {
    "stated": N_("Stated in the lecture"),
    "derived": N_("Derived from other figures"),
    "assumed": N_("Assumed, so that the case can be played"),
}
UNITS = {
    unit: unit
    for unit in (
        *(N_("weeks"), N_("attempts"), N_("signs"), N_("people"), N_("scenes"), N_("testers")),
        *(N_("tasters"), N_("teams"), N_("outlets"), N_("outlets a week"), N_("batches")),
        *(N_("times"), N_("buyers"), N_("points"), N_("hours"), N_("hours a week")),
    )
}


def sources_table(case: Case, words: Words) -> str:
    """A table of every figure with its basis; a sentence for a plan without facts."""
    rows = list(_rows(case, words))
    yours = sum(basis.kind == "yours" for basis in case.basis.values())
    shown = ""
    if rows:
        shown = table([words("figure"), words("value"), words("why this figure")], rows)
    if yours and not rows:
        template = "All {n} figures of this plan are yours."
        shown += paragraph(words(template, n=yours))
    elif yours:
        shown += paragraph(words("{n} more figures of this plan are yours.", n=yours), "note")
    return shown or paragraph(words("This plan has no figures of its own."))


def _rows(case: Case, words: Words) -> Iterator[Row]:
    places: dict[str, str] = {}
    for path, basis in case.basis.items():
        if basis.name is not None:
            places.setdefault(basis.name, path)
    for kind, head in KINDS.items():
        facts = {name: fact for name, fact in case.facts.items() if fact.basis == kind}
        if not facts:
            continue
        yield Group(words(head), main=True)
        named = {name: words.text(fact.label) for name, fact in facts.items() if fact.label}
        for name, label in named.items():
            yield _figure(case, facts[name], label, words)
        for owner, names in _by_owner(case, [n for n in facts if n not in named], places, words):
            yield Group(owner)
            for name in names:
                yield _figure(case, facts[name], key_of(places.get(name, name), words), words)


def _by_owner(
    case: Case, names: Iterable[str], places: Mapping[str, str], words: Words
) -> list[tuple[str, list[str]]]:
    """Group facts by the milestone or option that they belong to, in the plan's order."""
    owned: dict[str, list[str]] = {}
    for name in names:
        owner = owner_of(case, places.get(name, name), words)
        owned.setdefault(owner or words("The plan as a whole"), []).append(name)
    return list(owned.items())


def _figure(case: Case, fact: Fact, label: str, words: Words) -> Row:
    value = Cell(value_text(fact, case.plan.currency, words), number=True)
    return [label, value, _reason(case, fact, words)]


def owner_of(case: Case, path: str, words: Words) -> str | None:
    """Name of the milestone or option that a figure belongs to; None if it is the plan's own."""
    names = {m.id: words.name(m) for m in case.plan.milestones}
    for fork in case.plan.forks:
        names |= {option.id: words.name(option) for option in fork.options}
    return next((names[part] for part in reversed(path.split(".")) if part in names), None)


def key_of(path: str, words: Words) -> str:
    """Label of the key at a path of the plan file."""
    keys = keys_on(path, CaseFile)
    return words(keys[-1].label) if keys else path.rpartition(".")[2].replace("_", " ")


def value_text(fact: Fact, currency: str, words: Words) -> str:
    """A fact's value, or its values, with the unit."""
    if fact.value is None:
        return "–"
    values = fact.value if isinstance(fact.value, tuple) else (fact.value,)
    return words.list([one_text(value, fact, currency, words) for value in values])


def one_text(value: float, fact: Fact, currency: str, words: Words) -> str:
    """A value that a fact has or may have, with the unit."""
    unit = fact.unit if isinstance(fact.unit, str) else words.text(fact.unit)
    if unit == "share":
        return words.percent(value)
    if unit == currency:
        return words.money(value, currency)
    if unit == f"{currency} a week":
        return words("{money} a week", money=words.money(value, currency))
    if unit == "weeks":
        return words.weeks(value)
    spoken = words(UNITS[unit]) if unit in UNITS else unit
    return f"{words.number(value)} {spoken}".strip()


def _reason(case: Case, fact: Fact, words: Words) -> Cell:
    """Why the figure has this value: the claim, the formula or the reason; and its range."""
    between: tuple[str, ...] = ()
    if fact.range is not None:
        low, high = (one_text(bound, fact, case.plan.currency, words) for bound in fact.range)
        between = (words("plausible: {low} to {high}", low=low, high=high),)
    if fact.basis == "stated":
        claims = cases.sources()
        said = [getattr(claims[c], words.lang) for c in fact.claims if c in claims]
        sentence = words("{where}: {what}", where=words.list(fact.claims), what=" ".join(said))
        return Cell(sentence, below=between)
    if fact.basis == "derived":
        return Cell(formula(case, fact.how, words), below=between)
    return Cell(words.text(fact.why), below=between)


def formula(case: Case, how: str, words: Words) -> str:
    """A formula with the labels of facts in place of their names, without its rounding."""
    places = {b.name: path for path, b in case.basis.items() if b.name is not None}

    def spoken(found: re.Match[str]) -> str:
        name = found.group()
        if name not in case.facts:
            return name
        if case.facts[name].label:
            return words.text(case.facts[name].label)
        if name not in places:
            return name.replace("_", " ")
        owner, key = owner_of(case, places[name], words), key_of(places[name], words)
        return f"{owner} ({key})" if owner else key

    bare = re.sub(r"^round\((.*), *\d+\)$", r"\1", how.strip())
    return re.sub(r"[^\W\d]\w*", spoken, bare).replace("*", "×")
