"""What the figures rest on: stated, derived, assumed or yours, each with its ground."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbook import cases
from workbook.cases import Case, Fact
from workbook.reports.markup import Cell, Group, Row, paragraph, table
from workbook.words import N_, Words

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
KEYS = {
    "weeks": N_("length of an attempt"),
    "hours": N_("hours of an attempt"),
    "cost": N_("cost of an attempt"),
    "pass_rate": N_("pass rate"),
    "attempts": N_("most attempts"),
    "teams": N_("teams at once"),
    "proof": N_("proof"),
    "tests": N_("test of a belief"),
    "gives": N_("what it gives"),
    "loan": N_("loan"),
    "wait": N_("waiting"),
    "cash": N_("cash"),
    "burn_per_week": N_("burn a week"),
    "horizon_weeks": N_("how far the play looks"),
    "sales": N_("sales"),
    "at": N_("when the fork opens"),
}


def grounds_table(case: Case, words: Words) -> str:
    """Every figure of the case with its basis; of a plan without facts, a sentence."""
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
        if facts:
            yield Group(words(head))
        for name, fact in facts.items():
            label = words.text(fact.label) or place_name(case, places.get(name, name), words)
            value = Cell(value_text(fact, case.plan.currency, words), number=True)
            yield [label, value, ground(case, fact, words)]


def place_name(case: Case, path: str, words: Words) -> str:
    """A place in the plan as a reader calls it: “It tastes good”: pass rate."""
    parts = path.split(".")
    key = next((words(KEYS[part]) for part in parts if part in KEYS), parts[-1].replace("_", " "))
    names = {m.id: words.name(m) for m in case.plan.milestones}
    names |= {o.id: words.name(o) for fork in case.plan.forks for o in fork.options}
    name = next((names[part] for part in reversed(parts) if part in names), None)
    return words("{name}: {key}", name=name, key=key) if name else key


def value_text(fact: Fact, currency: str, words: Words) -> str:
    """A fact's value with its unit, or values in a row."""
    if fact.value is None:
        return "–"
    unit = fact.unit if isinstance(fact.unit, str) else words.text(fact.unit)
    values = fact.value if isinstance(fact.value, tuple) else (fact.value,)
    return words.list([_one(value, unit, currency, words) for value in values])


def _one(value: float, unit: str, currency: str, words: Words) -> str:
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


def ground(case: Case, fact: Fact, words: Words) -> Cell:
    """Why the figure is what it is: the claim, the formula, or the reason; and its range."""
    between = ""
    if fact.range is not None:
        unit = fact.unit if isinstance(fact.unit, str) else words.text(fact.unit)
        low, high = (_one(bound, unit, case.plan.currency, words) for bound in fact.range)
        between = words("plausible: {low} to {high}", low=low, high=high)
    if fact.basis == "stated":
        claims = cases.sources()
        told = [getattr(claims[c], words.lang) for c in fact.claims if c in claims]
        return Cell(f"{words.list(fact.claims)}: {' '.join(told)}", second=between)
    if fact.basis == "derived":
        return Cell(formula(case, fact.how, words), second=between)
    return Cell(words.text(fact.why), second=between)


def formula(case: Case, how: str, words: Words) -> str:
    """A formula with labels in place of the facts' names."""
    labels = {name: words.text(fact.label) for name, fact in case.facts.items()}

    def spoken(found: re.Match[str]) -> str:
        name = found.group()
        return labels.get(name) or name.replace("_", " ")

    return re.sub(r"[^\W\d]\w*", spoken, how).replace("*", "×")
