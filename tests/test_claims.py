"""Every claim of the lecture is put to use: in a case, in a notebook or by a rule of review.

`cases/sources.yaml` is the index. The tests hold it to the truth from both sides: no claim without
a place, and no place that does not use the claim.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbook import cases
from workbook.cases.reading import folder
from workbook.lesson.afterwards import sections
from workbook.review import RULES

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
FRAME = "F"  # how the recording came about: nothing to teach
SOURCES = cases.sources()
CLAIMS = [claim for claim in SOURCES if not claim.startswith(FRAME)]


def places_of(claim: str) -> tuple[str, ...]:
    """Where a claim is put to use; one place may stand without brackets."""
    place = SOURCES[claim].place
    return (place,) if isinstance(place, str) else place


PLACES = [(claim, place) for claim in SOURCES for place in places_of(claim)]


def names(text: str, claim: str) -> bool:
    """Whether a text names the claim by its id: P1 is not named by P10, nor by SP1."""
    return re.search(rf"(?<![A-Za-z0-9]){claim}(?![0-9A-Za-z])", text) is not None


def read_by_learners(file: Path) -> str:
    """The prose of a notebook, and what its panels say of their results."""
    cells = json.loads(file.read_text("utf-8"))["cells"]
    prose = ["".join(c["source"]) for c in cells if c["cell_type"] == "markdown"]
    case = {"00-start-here": "tea-stall"}.get(file.stem, file.stem[3:])
    return "\n".join([*prose, *sections(case, file.parent.name).values()])


def why_not(claim: str, place: str) -> str:
    """What is wrong with a place of a claim; empty where nothing is."""
    room, _, name = place.partition("/")
    if room == "review":
        return rule_at_fault(claim, name)
    files = {
        "cases": [folder() / f"{name}.yaml"],
        "notebooks": [NOTEBOOKS / lang / f"{name}.ipynb" for lang in ("en", "zh")],
    }.get(room, [])
    if not files:
        return f"{place} is no place: a place is cases/…, notebooks/… or review/…"
    for file in files:
        if not file.is_file():
            return f"{file} is not there"
        text = read_by_learners(file) if room == "notebooks" else file.read_text("utf-8")
        if not names(text, claim):
            return f"{file} never names {claim}"
    return ""


def rule_at_fault(claim: str, name: str) -> str:
    found = {rule.id: rule.claim for rule in RULES}.get(name)
    if found is None:
        return f"there is no rule {name}"
    return "" if found == claim else f"the rule {name} rests on {found}"


def used_by() -> Iterator[tuple[str, str]]:
    """Every claim that a case names or a rule rests on, with that place."""
    for id in cases.shipped():
        text = (folder() / f"{id}.yaml").read_text("utf-8")
        yield from ((claim, f"cases/{id}") for claim in SOURCES if names(text, claim))
    yield from ((rule.claim, f"review/{rule.id}") for rule in RULES)


@pytest.mark.parametrize("claim", CLAIMS)
def test_every_claim_has_its_place(claim):
    """What the lecture claims is played, taught or asked for somewhere."""
    assert places_of(claim)


@pytest.mark.parametrize(("claim", "place"), PLACES, ids=":".join)
def test_a_place_is_there_and_uses_the_claim(claim, place):
    """A case cites it, a notebook names it in both languages, a rule rests on it."""
    assert not why_not(claim, place)


def test_the_index_forgets_no_case_and_no_rule():
    """Wherever a case names a claim or a rule rests on one, the index says so."""
    assert sorted(set(used_by()) - set(PLACES)) == []


def test_no_place_is_listed_twice():
    """A claim's places are all different."""
    assert len(set(PLACES)) == len(PLACES)


def test_all_claims_of_the_lecture_are_in_the_index():
    """Twelve principles, eleven rules, and all that is reported of the four cases."""
    counts = {"P": 12, "R": 11, "L": 21, "T": 9, "A": 7, "S": 7, FRAME: 2}
    assert list(SOURCES) == [f"{kind}{n + 1}" for kind, most in counts.items() for n in range(most)]


def test_every_rule_of_order_is_asked_of_any_plan():
    """R1 to R11 and P3 to P10 each have a rule of review."""
    wanted = {f"R{n}" for n in range(1, 12)} | {f"P{n}" for n in range(3, 11)}
    assert wanted <= {rule.claim for rule in RULES}


@pytest.mark.parametrize(
    ("claim", "place"),
    [
        ("P5", "review/off-path"),
        ("P5", "review/no-such-rule"),
        ("P5", "cases/no-such-case"),
        ("T1", "cases/caffeine-lozenge"),
        ("A1", "notebooks/01-caffeine-lozenge"),
        ("P1", "notebooks/no-such-notebook"),
        ("P1", "charts/chain"),
        ("P1", ""),
    ],
)
def test_a_place_that_does_not_use_the_claim_is_reported(claim, place):
    """The check above can fail: each kind of wrong place has its word."""
    assert why_not(claim, place)


def test_a_claim_is_not_named_by_a_longer_one():
    """P1 is not named where only P10 or P12 is."""
    assert names("so it is (P1), and so on", "P1")
    assert names("门槛（P1）。", "P1")
    assert not names("so it is (P10, P12)", "P1")
