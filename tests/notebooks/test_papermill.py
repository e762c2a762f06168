"""`papermill --help-notebook` tells of every notebook what can be set, and to what."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from click.testing import CliRunner
from papermill.cli import papermill

from notebooks.pages import LANGUAGES, NAMES, NOTEBOOKS, parameters_of
from workbook.lesson import open_case
from workbook.lesson.programme import LESSONS as PROGRAMME

REPORT = "report"
BOUNDS = {
    "lang": ["en", "zh"],
    "runs": ["100", "100000"],
    "confidence": ["50", "100"],
    "minutes": ["60", "75", "90", "120"],
    "hours": ["168"],
    "case": [id for id in PROGRAMME if id != "caffeine-lozenge"],  # the default
}
"""What the help of a parameter names, wherever it is."""


def helped(lang: str, name: str) -> dict[str, tuple[str, str]]:
    """The type and the help of each parameter, as the command prints them."""
    file = NOTEBOOKS / lang / f"{name}.ipynb"
    done = CliRunner().invoke(papermill, ["--help-notebook", str(file)], terminal_width=200)
    assert done.exit_code == 0, done.output
    text = re.sub(r"\n {10,}", " ", done.output)
    lines = re.findall(r"^  (\w+): (\w+) \(default (.*?)\) +(\S.*)$", text, re.MULTILINE)
    return {name: (kind, said) for name, kind, _, said in lines}


def options(name: str) -> list[str]:
    """The options that can be bet on in a notebook."""
    case = {"00-start-here": "tea-stall", "07-take-part": "caffeine-lozenge"}.get(name, name[3:])
    lesson = open_case(case, runs=100, batch=True)
    (fork,) = (fork for fork in lesson.case.plan.forks if fork.id == lesson.syllabus.fork)
    return [option.id for option in fork.options]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_help_of_a_notebook_tells_each_parameter_and_what_is_allowed(lang, name):
    """Type, default and a sentence in the notebook's language; choices and bounds by name."""
    found = helped(lang, name)
    assert set(found) == set(parameters_of(name))
    for parameter, (kind, said) in found.items():
        assert kind in ("str", "int", "float", "bool"), parameter
        assert bool(re.search("[一-鿿]", said)) is (lang == "zh"), said
        named = BOUNDS.get(parameter, ["True", "False"] if kind == "bool" else [])
        named = options(name) if parameter == "bet" else named
        for value in named:
            assert re.search(rf"(?<![\w-]){re.escape(value)}(?![\w-])", said), (parameter, value)


def test_the_command_itself_says_the_same():
    """The command as a shell runs it, on the notebook of a report."""
    file = NOTEBOOKS / "zh" / f"{REPORT}.ipynb"
    command = [sys.executable, "-m", "papermill", "--help-notebook", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    assert set(re.findall(r"^  (\w+): \w+ ", done.stdout, re.MULTILINE)) == set(
        helped("zh", REPORT)
    )
    assert "Unknown" not in done.stdout
