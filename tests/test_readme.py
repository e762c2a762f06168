"""The two READMEs say the same, and what they point at is there."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from workbook import cases
from workbook.arguments import parser_of
from workbook.cli import main
from workbook.commands import COMMANDS
from workbook.words import Words

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh.md")
MOST_BYTES = 150_000
BLOCK = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
PARAGRAPH = re.compile(r"\n\n|\n(?=\|)|\n(?=- )")
PROGRAMS = ("workbook", "make", "papermill", "pip", "dask")
FOUND_IN_A_TERMINAL = 50
"""At least so many commands are in a README: else the tests below would ask nothing."""


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def commands(name: str) -> set[str]:
    """Every command that is set as one, without what it is given."""
    return set(re.findall(r"(?:`|/)((?:workbook|make) [a-z-]+)", text(name)))


@pytest.mark.parametrize("name", READMES)
def test_every_link_leads_somewhere_and_pictures_are_small(name):
    """Files that a README points at are in the repository; no picture is heavy."""
    links = re.findall(r"\]\((?!https?:)([^)#]+)", text(name))
    assert sum(link.endswith(".png") for link in links) == 2
    for link in links:
        assert (ROOT / link).is_file(), link
        assert not link.endswith(".png") or (ROOT / link).stat().st_size < MOST_BYTES


def test_both_readmes_name_the_same_commands():
    """What can be typed is said in both languages, every command of the command line included."""
    assert commands("README.md") == commands("README.zh.md")
    assert {f"workbook {name}" for name in COMMANDS} <= commands("README.md")


def test_both_readmes_list_the_notebooks_that_there_are():
    """Each notebook's number stands in both; no number is there without its notebook."""
    there = {path.name[:2] for path in (ROOT / "notebooks" / "en").glob("[0-9][0-9]-*.ipynb")}
    for name in READMES:
        rows = re.findall(r"^\| (\d\d(?:[,、] ?\d\d)*) ", text(name), re.M)
        assert {number for row in rows for number in re.findall(r"\d\d", row)} == there, name


def typed(name: str) -> list[str]:
    """Every command of a README as it is typed; an option by itself follows its row's command."""
    found = []
    for block in BLOCK.findall(text(name)):
        found += [line[2:].partition("#")[0] for line in block.splitlines() if line[:2] == "$ "]
    for paragraph in PARAGRAPH.split(BLOCK.sub("", text(name))):
        before = ""
        for span in re.findall(r"`([^`]+)`", paragraph):
            command = " ".join(span.replace("\\|", "|").split())
            if command.split()[0].removeprefix(".venv/bin/") in PROGRAMS and " " in command:
                found.append(command)
                before = command if "workbook " in command else before
            elif before and command.startswith("--") and command != "--":
                found.append(f"{before} {command}")
    return [shlex.join(shlex.split(each.removeprefix(".venv/bin/"))) for each in found]


def arguments(command: str) -> list[str]:
    """What the command line is given: a number for N, the first of what one may choose."""
    given = [re.sub(r"\bN\b", "3", part.partition("|")[0]) for part in shlex.split(command)[1:]]
    return given[: given.index("--")] if "--" in given else given


def given_with(program: str, name: str) -> list[str]:
    return [command for command in typed(name) if command.split()[0] == program]


@pytest.mark.parametrize("name", READMES)
def test_every_command_of_a_readme_is_one_that_the_command_line_takes(name):
    """Each with its options, `--lang` and `--json` too; a slip ends with exit code 2."""
    parser = parser_of("", COMMANDS, Words("en"))
    assert len(typed(name)) > FOUND_IN_A_TERMINAL
    for command in given_with("workbook", name):
        given = arguments(command)
        for more in ([], ["--json"], ["--lang", "zh"]):
            if more != ["--json"] or "--watch" not in given:
                assert parser.parse_args([*given, *more]).command == given[0], command
    with pytest.raises(Exception, match="fros"):
        parser.parse_args(["new", "mine", "--fros", "table.xlsx"])


@pytest.mark.parametrize("name", READMES)
def test_what_a_readme_makes_runs_and_installs_is_there(name):
    """Targets of make, the notebook and parameter for papermill, the packages for pip."""
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert {command.split()[1] for command in given_with("make", name)} <= set(targets)
    for command in given_with("papermill", name):
        notebook, *_, parameter, _ = command.partition(" --engine")[0].split()[1:]
        assert (ROOT / notebook).is_file()
        assert re.search(rf'"{parameter}\b[^"]* = ', (ROOT / notebook).read_text("utf-8"))
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    extras = str(project["optional-dependencies"])
    for command in given_with("pip", name):
        package, _, brackets = shlex.split(command)[2].partition("[")
        wheel = f"{project['name'].replace('-', '_')}-{project['version']}-py3-none-any.whl"
        assert package == wheel or f"'{package}>=" in extras
        assert set(re.findall(r"\w+", brackets)) <= set(project["optional-dependencies"])


@pytest.mark.parametrize("name", READMES)
@pytest.mark.slow
def test_the_four_commands_for_a_plan_of_your_own_work_as_they_stand(name, tmp_path, monkeypatch):
    """Each of the block, in its order and in an empty folder, ends well."""
    monkeypatch.chdir(tmp_path)
    block = next(block for block in BLOCK.findall(text(name)) if block.startswith("$ "))
    lines = [line.partition("#")[0].split()[1:] for line in block.splitlines()]
    for program, *given in lines:
        assert program == ".venv/bin/workbook"
        assert main(given) == 0, given
    assert cases.read(Path("my-bakery.yaml")).plan.milestones
    assert (tmp_path / "reports" / "my-bakery.html").is_file()


def test_the_citation_names_this_version():
    """CITATION.cff has the version and the license of the project."""
    from ruamel.yaml import YAML

    cited = YAML(typ="safe").load((ROOT / "CITATION.cff").read_text("utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert (str(cited["version"]), cited["license"]) == (project["version"], project["license"])
