"""What is read in one go is short: a module up to 350 lines, a function up to 25."""

import ast
from collections.abc import Iterator
from pathlib import Path

import workbook

SOURCE = Path(workbook.__file__).parent
MOST_LINES = 350
MOST_LINES_OF_A_FUNCTION = 25


def modules() -> dict[str, str]:
    """The text of each module, by its path."""
    return {
        file.relative_to(SOURCE).as_posix(): file.read_text("utf-8")
        for file in SOURCE.rglob("*.py")
    }


def test_no_module_is_longer_than_can_be_read_in_one_go():
    found = {name: len(text.splitlines()) for name, text in modules().items()}
    assert len(found) > 200
    assert {name: lines for name, lines in found.items() if lines > MOST_LINES} == {}


def test_no_function_is_longer_than_fits_a_screen():
    found = {
        f"{name}:{function}": lines
        for name, text in modules().items()
        for function, lines in functions(ast.parse(text))
    }
    assert len(found) > 2000
    assert {at: n for at, n in found.items() if n > MOST_LINES_OF_A_FUNCTION} == {}


def functions(node: ast.AST, inside: str = "") -> Iterator[tuple[str, int]]:
    """Every function, also of a class or another function, and its lines without docstring."""
    for child in ast.iter_child_nodes(node):
        name = inside
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            name = f"{inside}.{child.name}".lstrip(".")
            if not isinstance(child, ast.ClassDef):
                yield name, length(child) - docstring_lines(child)
        yield from functions(child, name)


def docstring_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return length(function.body[0]) if ast.get_docstring(function) is not None else 0


def length(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1
