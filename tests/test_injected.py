"""What papermill gives to a notebook: a wrong kind is refused, and a name in vain is said."""

from __future__ import annotations

import papermill
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from workbook.errors import InputError
from workbook.injected import Injected, declared, injected
from workbook.words import Words

DECLARED = 'lang: str = "en"\nruns: int = 100\nshare: float = 0.5\nlive: bool = True'
LESSON = 'from workbook.lesson import open_case\nopen_case("tea-stall", lang, runs=runs); None'
WRONG = [
    {"runs": "many"},
    {"runs": 1.5},
    {"runs": True},
    {"runs": None},
    {"runs": [1]},
    {"share": "0,5"},
    {"share": float("nan")},
    {"share": {"a": 1}},
    {"live": 1},
    {"live": "yes"},
    {"lang": 7},
    {"lang": None},
    {"lang": ["en"]},
]


def given(**values: object) -> Injected:
    return Injected(declared(DECLARED), values)


def executed(folder, source, values, engine):
    """The outputs of a notebook with parameters and one cell, as papermill runs it."""
    cells = [new_code_cell(DECLARED, metadata={"tags": ["parameters"]}), new_code_cell(source)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = new_notebook(cells=cells, metadata={"kernelspec": kernel})
    papermill.iorw.write_ipynb(notebook, str(folder / "in.ipynb"))
    ran = papermill.execute_notebook(
        str(folder / "in.ipynb"), None, parameters=values, engine_name=engine, progress_bar=False
    )
    return [output for cell in ran.cells for output in cell.get("outputs", ())]


@pytest.mark.parametrize("values", WRONG, ids=str)
def test_a_value_of_another_kind_is_refused_by_its_parameters_name(values):
    """Each wrong value is one fault at its name, and none of them shows a Python literal."""
    with pytest.raises(InputError) as reported:
        given(**values).check()
    [fault] = reported.value.faults
    assert [fault.path] == list(values)
    said = str(fault)
    assert not any(raw in said for raw in ("None", "True", "{'", "['"))


def test_what_papermill_turns_into_the_same_number_is_taken():
    """1e4 arrives as a float, and a whole amount as an int: both are what was meant."""
    given(runs=10_000.0, share=1, live=False, lang="zh").check()


def test_all_wrong_values_are_reported_at_once():
    """Two mistakes, two faults."""
    with pytest.raises(InputError) as reported:
        given(runs="many", lang=7, share=0.1).check()
    assert {fault.path for fault in reported.value.faults} == {"runs", "lang"}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_name_that_the_notebook_lacks_is_said_with_those_it_has(lang):
    """A misspelt name must not look like an answer for that figure."""
    said = given(cahs=1, runs=5).remark(Words(lang))
    assert "cahs" in said
    assert "runs" in said
    assert not given(runs=5).remark(Words(lang))


def test_outside_of_a_notebook_nothing_was_given():
    """The same call from a script checks nothing and says nothing."""
    assert injected() == Injected({}, {})


@pytest.mark.slow
@pytest.mark.parametrize("engine", [None, "workbook"])
def test_a_lesson_says_which_parameter_was_given_in_vain(tmp_path, engine):
    """papermill itself ends with 0 and says nothing; the notebook's first output says it."""
    [output] = executed(tmp_path, LESSON, {"cahs": 5, "runs": 200}, engine)
    assert "cahs" in output.data["text/plain"]


@pytest.mark.slow
def test_a_lesson_refuses_a_parameter_of_another_kind_without_a_traceback(tmp_path):
    """The error of the cell is the sentence alone."""
    with pytest.raises(papermill.PapermillExecutionError) as reported:
        executed(tmp_path, LESSON, {"runs": ["a"]}, None)
    assert "is not a whole number" in str(reported.value)
    assert "File " not in "".join(reported.value.traceback)
