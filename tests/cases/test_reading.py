"""Cases read: facts with their grounds, where figures come from, what shipped cases promise."""

from __future__ import annotations

import pytest

from workbook import cases
from workbook.cases.facts import FormulaError, computed
from workbook.cases.reading import folder
from workbook.errors import InputError

CASE = """\
plan: 1
id: bakery
title: {en: A bakery, zh: 面包店}
goal: shop
cash: savings
horizon_weeks: 52
milestones:
  - id: demand
    weeks: wait
    cost: stall
    pass_rate: rates
  - id: shop
    needs: [demand]
    cost: rent
forks:
  - id: gap
    at: {milestone: shop}
    options:
      - {id: borrow, cash: +loan, loan: {amount: loan, repay: back, repay_after_weeks: 20}}
      - {id: less, cash: -loan, milestones: {shop: {cost: -stall}}}
situation: Two friends bake.
question: {en: And now?, zh: 然后呢？}
happened:
  - {claims: [L6], text: They borrowed., milestone: shop}
facts:
  savings: {value: 60000, unit: CNY, basis: yours}
  wait: {value: [1, 2, 4], unit: weeks, basis: assumed, why: permits, range: [1, 8]}
  stall: {value: 300, unit: CNY, basis: assumed, why: {en: two stalls, zh: 两个摊位}}
  rates: {value: [0.2, 0.5], basis: stated, claim: [L4, L6]}
  rent: {basis: derived, from: [stall], how: stall * 30 + 0.5}
  loan: {value: 30000, basis: stated, claim: L6}
  back: {value: 36000, basis: derived, from: [loan], how: round(loan * 1.2)}
"""


def faults_in(text: str, **how: bool) -> list[str]:
    with pytest.raises(InputError) as caught:
        cases.read_text(text, "bakery", **how)
    return [str(fault) for fault in caught.value.faults]


def test_figures_are_the_facts_values():
    """Wherever a fact is named, its value plays; in an option its sign adds."""
    plan = cases.read_text(CASE).plan
    demand, shop = plan.milestones
    assert (plan.cash, demand.weeks, demand.pass_rate) == (60000, (1, 2, 4), (0.2, 0.5))
    assert shop.cost == 9000.5
    borrow, less = plan.forks[0].options
    assert (borrow.cash, less.cash) == ("+30000", "-30000")
    assert less.milestones == {"shop": {"cost": "-300"}}
    assert borrow.loan is not None
    assert borrow.loan.repay == 36000


def test_each_figure_says_where_it_comes_from():
    """The basis of every figure can be asked by its path; a bare one is yours."""
    case = cases.read_text(CASE)
    kinds = {path: basis.kind for path, basis in case.basis.items()}
    assert kinds == {
        "cash": "yours",
        "horizon_weeks": "yours",
        "milestones.demand.weeks": "assumed",
        "milestones.demand.cost": "assumed",
        "milestones.demand.pass_rate": "stated",
        "milestones.shop.cost": "derived",
        "forks.gap.options.borrow.cash": "stated",
        "forks.gap.options.borrow.loan.amount": "stated",
        "forks.gap.options.borrow.loan.repay": "derived",
        "forks.gap.options.borrow.loan.repay_after_weeks": "yours",
        "forks.gap.options.less.cash": "stated",
        "forks.gap.options.less.milestones.shop.cost": "assumed",
    }
    assert case.basis_of("cash").name == "savings"
    assert case.basis_of("horizon_weeks").name is None
    assert case.basis_of("milestones.demand.weeks").fact is case.facts["wait"]
    assert case.facts["wait"].range == (1, 8)
    assert case.facts["rates"].claims == ("L4", "L6")
    assert case.facts["rent"].value == 9000.5


def test_the_story_is_read():
    """Situation, question and what happened are next to the plan."""
    case = cases.read_text(CASE)
    assert case.situation == "Two friends bake."
    assert not isinstance(case.question, str)
    assert case.question.zh == "然后呢？"
    assert case.happened[0].milestone == "shop"


def test_a_shipped_case_has_no_bare_figures():
    """Every figure of a shipped case has a name and a basis."""
    reported = faults_in(CASE, shipped=True)
    assert [line.split("  ")[0] for line in reported] == ["line 6", "line 19"]
    assert all("a bare number" in line for line in reported)


def test_a_shipped_case_uses_every_fact_and_is_named_as_its_file():
    """No fact is left over, and id and file agree."""
    text = CASE.replace("id: bakery", "id: shop-2") + "  spare: {value: 1, basis: yours}\n"
    reported = faults_in(text, shipped=True)
    assert "the id of a shipped case is its file's name, 'bakery'" in reported[0]
    assert "nothing refers to this fact" in reported[-1]


def test_a_learners_plan_may_be_called_anything():
    """Only shipped cases must be named as their file."""
    assert cases.read_text(CASE, "something-else.yaml").id == "bakery"


def test_a_story_names_milestones_that_are_there():
    """What happened hangs on a milestone of the plan, and cites known claims."""
    reported = faults_in(CASE.replace("milestone: shop}\nfacts", "milestone: shoop}\nfacts"))
    assert reported == ["line 24  happened.1.milestone: no milestone 'shoop'; did you mean 'shop'?"]
    reported = faults_in(CASE.replace("claims: [L6]", "claims: [L6, QQ7]"))
    assert "no claim 'QQ7' in sources.yaml" in reported[0]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("a * 1.25", 5.0),
        ("(a + b) / 2", 3.0),
        ("-a + +b", -2.0),
        ("min(a, b, 1)", 1.0),
        ("max(a, b)", 4.0),
        ("round(a / 3)", 1.0),
        ("round(a / 3, 2)", 1.33),
    ],
)
def test_formulas_compute(formula, value):
    """Sums, products, min, max and round of named numbers."""
    assert computed(formula, {"a": 4.0, "b": 2.0}) == value


@pytest.mark.parametrize(
    "formula",
    [
        "",
        "a b",
        "c",
        "a ** 99",
        "a // b",
        "a % b",
        "__import__('os')",
        "a.real",
        "[a][0]",
        "lambda: a",
        "a if b else a",
        "min()",
        "min",
        "min(*[a])",
        "round(a, b, 1, 2)",
        "sum(a, b)",
        "a / 0",
        "'a'",
        "True",
        "1e999",
        "1j",
        "a; b",
        "(" * 300 + "a" + ")" * 300,
        "-" * 400 + "a" + "-" * 400,
        "a" * 10_000,
        "a\0",
        "９",
    ],
)
def test_formulas_do_nothing_else(formula):
    """Whatever is no sum of numbers and names is refused, never run."""
    with pytest.raises(FormulaError):
        computed(formula, {"a": 4.0, "b": 2.0})


@pytest.mark.parametrize("id", cases.shipped())
def test_every_shipped_case_reads_without_a_fault(id):
    """What is shipped is whole: every figure with a basis, every claim in the sources."""
    case = cases.load(id)
    assert case.id == id
    assert all(basis.name for basis in case.basis.values())


def test_sources_are_read_with_both_languages():
    """Each claim is reported in English and in Chinese."""
    claims = cases.sources()
    assert {"P1", "L6", "L15"} <= set(claims)
    assert all(claim.en and claim.zh for claim in claims.values())


def test_an_unknown_case_is_reported_with_the_nearest():
    """A misspelt case id is answered with the one that is there."""
    with pytest.raises(InputError, match="did you mean 'caffeine-lozenge'"):
        cases.load("cafeine-lozenge")
    with pytest.raises(InputError):
        cases.load("../cases/sources")


def test_the_shelf_is_the_checkouts_folder():
    """An edited case is never shadowed by an old copy."""
    assert (folder() / "sources.yaml").is_file()


REPEATING = """\
plan: 1
id: repeating
goal: b
cash: &figure 5000
burn_per_week: 100
milestones:
- id: a
  weeks: &id001
  - 2
  - 3
  - 4
  gives: &id002
    conversion: 0.2
- id: b
  needs: [a]
  weeks: *id001
  gives: *id002
  cost: *figure
"""


def test_what_an_alias_repeats_is_read_where_it_stands():
    """Files that other programs wrote, with `&id001` and `*id001`, read as if written out."""
    a, b = cases.read_text(REPEATING).plan.milestones
    assert (a.weeks, a.gives) == (b.weeks, b.gives)
    assert b.cost == 5000
    plain = (
        REPEATING.replace("&figure ", "")
        .replace("&id001", "")
        .replace("*id001", "[2, 3, 4]")
        .replace("&id002", "")
        .replace("*id002", "{conversion: 0.2}")
        .replace("*figure", "5000")
    )
    assert cases.read_text(plain) == cases.read_text(REPEATING)


def test_an_unknown_case_far_from_all_is_reported_with_each_in_its_quotes():
    """Where no case is near, all that there are are named, and none is called the one meant."""
    with pytest.raises(InputError) as caught:
        cases.load("t.csv")
    reported = str(caught.value.faults[0])
    assert "did you mean" not in reported
    assert reported.endswith("there are: " + ", ".join(f"'{id}'" for id in cases.known()))
