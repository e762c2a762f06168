"""The schema that editors read, against the reader."""

from __future__ import annotations

import jsonschema
import pytest
from hypothesis import given
from ruamel.yaml import YAML

from examples import examples
from strategies import plan_data
from workbook import cases
from workbook.cases.reading import folder
from workbook.cases.schema import NAME, schema, text

VALIDATOR = jsonschema.Draft202012Validator(schema())


def test_the_committed_schema_is_that_of_the_types():
    """`python -m workbook.cases.schema` has been run since the types changed."""
    assert (folder() / NAME).read_text(encoding="utf-8") == text()


def test_the_schema_is_one():
    """The schema keeps to draft 2020-12 itself."""
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("id", cases.shipped())
def test_shipped_cases_fit_the_schema(id):
    """No editor underlines anything in a shipped case."""
    data = YAML(typ="safe").load((folder() / f"{id}.yaml").read_text(encoding="utf-8"))
    assert [error.message for error in VALIDATOR.iter_errors(data)] == []


@examples(40)
@given(plan_data(most=3, teams=3, ranges=True, forks=True, words=True))
def test_what_the_reader_takes_fits_the_schema(data):
    """Every valid plan is valid for an editor."""
    assert [error.message for error in VALIDATOR.iter_errors(data)] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"titel": "x"},
        {"milestones": [{"id": "b", "pass_rate": 30}]},
        {"milestones": [{"id": "b", "weeks": [1, 2]}]},
        {"milestones": [{"id": "b", "stage": "kernl"}]},
        {"cash": -1},
        {"forks": [{"id": "f", "options": []}]},
        {"forks": [{"id": "f", "options": [{"id": "o", "milestones": {"b": {"cots": 1}}}]}]},
        {"facts": {"a": {"value": 1, "basis": "guessed"}}},
    ],
)
def test_an_editor_underlines_what_the_reader_refuses(wrong):
    """Misspelt keys and impossible values are faults for the schema too."""
    good = {"plan": 1, "id": "a", "goal": "b", "milestones": [{"id": "b"}]}
    assert VALIDATOR.is_valid(good)
    assert not VALIDATOR.is_valid({**good, **wrong})
