"""Facts: figures with names, each saying where it comes from, some computed from others.

A derived figure is computed by its formula, with nothing but numbers, names, + - * / and a few
functions; nothing else is ever run. If one fact is moved, every figure that depends on it moves.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Collection, Mapping
from graphlib import CycleError, TopologicalSorter
from math import isclose, isfinite
from typing import Any

from workbook.cases.case import Case, Fact
from workbook.consistency import Faults, shown
from workbook.consistency.references import mapping, mappings_at
from workbook.errors import Message
from workbook.plan import Plan
from workbook.whatif import set_figure

Figure = float | tuple[float, ...]

MOST_FORMULA = 500
NO_FORMULA = Message(
    "a formula is made of numbers, names of facts, + - * / ( ), min, max and round"
)
FUNCTIONS: dict[str, Callable[..., Any]] = {"min": min, "max": max, "round": round}
SIGNS: dict[type[ast.AST], Callable[..., Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
}


class FormulaError(ValueError):
    """A formula that cannot be computed; the message says why."""

    def __init__(self, template: str, **values: object) -> None:
        self.message = Message(template, values)
        super().__init__(str(self.message))


def computed(formula: str, values: Mapping[str, float]) -> float:
    """The value of a formula over named numbers: `first_rent * 1.25`.

    Raises
    ------
    FormulaError
        For anything but numbers, the names, + - * / ( ) and min, max, round.
    """
    if len(formula) > MOST_FORMULA:
        template = "the formula is too long; compute in several steps"
        raise FormulaError(template)
    try:
        tree = ast.parse(formula.strip(), mode="eval")
        result = float(_node(tree.body, values))
    except FormulaError:
        raise
    except ZeroDivisionError:
        raise FormulaError("the formula divides by zero") from None
    except (SyntaxError, ValueError, TypeError, OverflowError, RecursionError, MemoryError):
        raise FormulaError(NO_FORMULA.template) from None
    if not isfinite(result):
        raise FormulaError("the value of the formula is not finite")
    return result


def _node(node: ast.AST, values: Mapping[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return float(number)
        case ast.Name(id=name) if name in values:
            return values[name]
        case ast.Name(id=name):
            template = "the formula uses '{found}', which is not listed under `from`"
            raise FormulaError(template, found=shown(name))
        case ast.UnaryOp(op=sign, operand=inner) if type(sign) in SIGNS:
            return float(SIGNS[type(sign)](_node(inner, values)))
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in SIGNS:
            return float(SIGNS[type(sign)](_node(left, values), _node(right, values)))
        case ast.Call(func=ast.Name(id=name), args=inner, keywords=[]) if name in FUNCTIONS:
            return float(_call(name, [_node(one, values) for one in inner]))
    raise FormulaError(NO_FORMULA.template)


def _call(name: str, numbers: list[float]) -> float:
    if name == "round":
        value, *places = numbers
        return float(round(value, *map(int, places)))
    return float(FUNCTIONS[name](numbers))


def values_of(data: Mapping[str, Any], faults: Faults) -> dict[str, Figure | None]:
    """The value of every fact, derived ones computed; None for one that is at fault.

    Parameters
    ----------
    data
        The file's `facts` as plain data, faulty or not.
    faults
        Where what does not add up is written down.
    """
    facts = {name: fact for name, fact in data.items() if isinstance(fact, Mapping)}
    values: dict[str, Figure | None] = {
        name: figure(fact.get("value")) for name, fact in facts.items()
    }
    values |= {name: None for name in data if name not in facts}
    for name in _order(facts, faults):
        formula = facts[name].get("how")
        if isinstance(formula, str) and formula:
            found = _derived(name, facts[name], values, faults)
            values[name] = found if values[name] is None else values[name]
    return values


def figure(value: object) -> Figure | None:
    """A fact's value as a number or several; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, list) and value and all(type(one) in (int, float) for one in value):
        return tuple(float(one) for one in value)
    return None


def _order(facts: Mapping[str, Mapping[str, Any]], faults: Faults) -> list[str]:
    """Facts in an order in which each comes after those that its formula uses."""
    uses = {name: [used for used in _inputs(fact) if used in facts] for name, fact in facts.items()}
    try:
        return list(TopologicalSorter(uses).static_order())
    except CycleError as error:
        cycle = " → ".join(reversed(error.args[1]))
        template = "these facts are computed from each other: {cycle}; give one a value"
        faults.add(("facts", error.args[1][-1], "from"), template, cycle=cycle)
        return []


def _inputs(fact: Mapping[str, Any]) -> list[str]:
    listed = fact.get("from")
    return [name for name in listed if isinstance(name, str)] if isinstance(listed, list) else []


def _derived(
    name: str,
    fact: Mapping[str, Any],
    values: Mapping[str, Figure | None],
    faults: Faults,
) -> float | None:
    """The computed value of a derived fact; None where it cannot be computed."""
    place = ("facts", name, "how")
    inputs = {used: values[used] for used in _inputs(fact) if used in values}
    numbers = {used: value for used, value in inputs.items() if isinstance(value, float)}
    if len(numbers) < len(inputs) and any(isinstance(v, tuple) for v in inputs.values()):
        faults.add(place, "a formula takes single numbers only; one of these facts is a list")
        return None
    if len(numbers) < len(_inputs(fact)):
        return None
    try:
        found = computed(str(fact["how"]), numbers)
    except FormulaError as error:
        faults.add(place, error.message.template, **error.message.values)
        return None
    _compare(name, values[name], found, faults)
    return found


def _compare(name: str, written: Figure | None, found: float, faults: Faults) -> None:
    """Note a fault where a value is written that the formula does not give."""
    if isinstance(written, float) and not isclose(written, found, rel_tol=1e-6, abs_tol=1e-9):
        template = "the formula gives {computed}, but {found} is written; mend one of them"
        faults.add(
            ("facts", name, "value"), template, computed=f"{found:.10g}", found=shown(written)
        )


def fact_faults(data: Mapping[str, Any], faults: Faults) -> None:
    """Write down each fact that does not say where it comes from."""
    for name, fact in data.items():
        if isinstance(fact, Mapping):
            _reason_is_given(name, fact, faults)
            _inputs_are_known(name, fact, data, faults)


def claim_faults(data: Mapping[str, Any], claims: Collection[str], faults: Faults) -> None:
    """Write down each claim cited, by a fact or by what happened, that there is not."""
    for name, fact in mapping(data.get("facts")).items():
        cited = mapping(fact).get("claim")
        _claims_are_known(("facts", name, "claim"), cited, claims, faults)
    for place, event in mappings_at(data, "happened"):
        _claims_are_known((*place, "claims"), event.get("claims"), claims, faults)


REQUIRED = {
    "stated": ("claim", Message("a stated figure cites a claim; add `claim`")),
    "assumed": ("why", Message("an assumed figure gives its reason; add `why`")),
    "derived": (
        "how",
        Message("a derived figure is computed; add `from` and its formula under `how`"),
    ),
}


def _reason_is_given(name: str, fact: Mapping[str, Any], faults: Faults) -> None:
    basis = fact.get("basis")
    if isinstance(basis, str) and basis in REQUIRED:
        key, sentence = REQUIRED[basis]
        if not fact.get(key):
            faults.add(("facts", name, "basis"), sentence.template)
    if fact.get("value") is None and not fact.get("how"):
        faults.add(("facts", name), "the fact has no value; add `value`, or a formula under `how`")


def _inputs_are_known(
    name: str, fact: Mapping[str, Any], data: Mapping[str, Any], faults: Faults
) -> None:
    for n, used in enumerate(_inputs(fact)):
        if used not in data:
            _unknown(("facts", name, "from", n), used, data, faults)


def _unknown(
    place: tuple[str | int, ...], used: str, known: Collection[str], faults: Faults
) -> None:
    faults.add_unknown(
        place,
        used,
        known,
        "no fact '{found}'; add it under `facts`, or write a number",
        "no fact '{found}'; did you mean '{known}'?",
    )


def _claims_are_known(
    place: tuple[str | int, ...], cited: object, claims: Collection[str], faults: Faults
) -> None:
    for claim in cited if isinstance(cited, list) else [cited]:
        if isinstance(claim, str) and claim not in claims:
            faults.add_unknown(
                place,
                claim,
                claims,
                "no claim '{found}' in sources.yaml; cite one that is there",
                "no claim '{found}' in sources.yaml; did you mean '{known}'?",
            )


def moving(case: Case, fact: str, value: float) -> dict[str, float]:
    """The facts that take a new value when one does, by name: itself, and what is computed of it.

    FormulaError where a formula cannot be computed with the new value.
    """
    new = {fact: value}
    uses = {name: other.from_ for name, other in case.facts.items()}
    for name in TopologicalSorter(uses).static_order():
        other = case.facts.get(name)
        if other is not None and other.how and name != fact and new.keys() & set(other.from_):
            numbers = {used: new.get(used, _number(case.facts[used])) for used in other.from_}
            new[name] = computed(other.how, numbers)
    return new


def with_fact(case: Case, plan: Plan, fact: str, value: float) -> Plan:
    """The plan with one of the case's facts at another value, for a tornado over its ranges.

    `importance.tornado(case.plan, ranges, change=partial(with_fact, case))`; InputError for a
    value that is not allowed in the place of the fact.
    """
    for name, number in moving(case, fact, value).items():
        for path in (path for path, basis in case.basis.items() if basis.name == name):
            plan = set_figure(plan, path, number)
    return plan


def _number(fact: Fact) -> float:
    """The value of a fact that a formula may use: a single number."""
    assert isinstance(fact.value, (int, float))
    return float(fact.value)
