"""Names and prose of source, tests and benchmarks are plain: old metaphors and turns stay out."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

import workbook

SOURCE = Path(workbook.__file__).parent
HERE = Path(__file__).parent
NAMES = {
    *("carrier", "carriers", "crew", "crews", "crossroads", "crowd", "crowds", "door", "doors"),
    *("elder", "grounds", "habit", "habits", "house", "houses", "ledger", "leg", "legs", "purse"),
    *("road", "roads", "roster", "rosters", "sights", "survey", "surveys", "told", "trouble"),
    *("troubles", "walkable", "walker", "walkers", "whoever"),
}
PROSE = re.compile(
    r"\b(?:(?i:afresh|anew|crews?|crossroads|crowds?|dearer|doors?|elder|hinders?|houses?|ledgers?|legs?|"
    r"nought|purses?|roads?|rosters?|stood|told|troubles?|upon|walkers?|whence|whoever|wholly)|"
    r"stands? (?:beside|here|there|in (?:a|its|no|the)|on (?:a|its|no|the))|"
    r"(?<!there )(?:is|are) none)\b"
)
NOT_YET: set[str] = set()
"""Parts of the package still to be rewritten. Remove a part once it is plain; never add one."""


def part_of(file: Path) -> str:
    """The subpackage of a file, or its name at the top level."""
    return file.relative_to(SOURCE).parts[0].removesuffix(".py")


def names(tree: ast.Module) -> Iterator[str]:
    """Every name that the source gives: functions, classes, parameters, variables, attributes."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def prose(source: str, tree: ast.Module) -> Iterator[str]:
    """Every docstring and comment."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield str(node.value.value)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.string


def words_in(name: str) -> list[str]:
    """The words of a name: `CrewOfTwo` and `crew_of_two` are three."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().split("_")


def beside_the_source() -> dict[str, set[str]]:
    """Refused words in the tests and the benchmarks, but for the list of them in this file."""
    files = [*HERE.rglob("*.py"), *(HERE.parent / "benchmarks").rglob("*.py")]
    found = {
        str(file.relative_to(HERE.parent)): found_in(file.read_text("utf-8"), file.stem)
        for file in files
        if file != Path(__file__)
    }
    return {file: words for file, words in found.items() if words}


def found_in(source: str, name: str = "") -> set[str]:
    """Refused words in a source text and in the name of its module."""
    tree = ast.parse(source)
    given = {word for each in (*names(tree), name) for word in words_in(each)} & NAMES
    return given | {hit.lower() for text in prose(source, tree) for hit in PROSE.findall(text)}


def refused() -> dict[str, set[str]]:
    """Refused words by part of the package, with their files."""
    found: dict[str, set[str]] = {}
    for file in sorted(SOURCE.rglob("*.py")):
        if words := found_in(file.read_text("utf-8"), file.stem):
            line = f"{file.relative_to(SOURCE)}: {', '.join(sorted(words))}"
            found.setdefault(part_of(file), set()).add(line)
    return found


@pytest.mark.parametrize(
    "source",
    [
        '"""A purse that pays."""',
        "def crew(): ...",
        "class RoadOfOne: ...",
        "def f(whoever): ...",
        "legs = 2",
        "x = 1  # which is none",
    ],
)
def test_a_metaphor_is_found_wherever_it_stands(source):
    """In a docstring, a comment, and any name that the source gives."""
    assert found_in(source)


def test_names_and_prose_are_plain():
    """No part of the package that has been rewritten falls back into the old dialect."""
    found = {line for part, lines in refused().items() if part not in NOT_YET for line in lines}
    assert not found, "say it plainly (CONTRIBUTING.md, Plain words):\n" + "\n".join(sorted(found))


def test_what_surrounds_the_package_is_plain():
    """The scripts of CI, the Makefile and the pages that a newcomer reads use the same words."""
    root = HERE.parent
    files = [*root.glob("*.md"), *root.glob("docs/*.md"), *root.glob("hub/*.md"), root / "Makefile"]
    files += [file for file in root.glob(".ci/**/*") if file.suffix != ".pyc" and file.is_file()]
    found = {
        f"{file.relative_to(root)}: {hit}"
        for file in files
        if file.name != "CHANGELOG.md"
        for line in file.read_text("utf-8").splitlines()
        if not (file.name == "CONTRIBUTING.md" and line.startswith("|"))
        for hit in PROSE.findall(line)
    }
    assert not found


def test_tests_and_benchmarks_are_plain():
    """What a promise is called is read as often as the code that keeps it."""
    assert beside_the_source() == {}
