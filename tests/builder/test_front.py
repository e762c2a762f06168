"""The pages' JavaScript: its types, its lint, and unit tests of what needs no browser.

What checks it comes from `package-lock.json`; `make test` installs it. Without it these tests fail.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from workbook.builder.view.screen import PARTS, page

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / "node_modules"
FRONT = ROOT / "src" / "workbook" / "builder" / "front"


@pytest.fixture(scope="module")
def node() -> str:
    """Node.js: the one that pip brought where this machine has none, or this machine's."""
    found = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
    if found is None or not TOOLS.exists():
        pytest.fail("Node.js and its packages are not here: run `make node_modules/.made`")
    return found


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """What a tool says, run in the project's folder."""
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240)


def test_the_types_of_every_page_are_right(node):
    """Strictly, `null` and implicit types included; the tests of the pages too."""
    done = run(node, str(TOOLS / "typescript" / "bin" / "tsc"), "--project", "tsconfig.json")
    assert done.returncode == 0, done.stdout


def test_the_type_checker_would_find_a_fault(node, tmp_path):
    """A name that is not there: or the test above would say nothing."""
    (tmp_path / "wrong.js").write_text("export const a = (/** @type {string} */ b) => b.nothing;\n")
    tsc = str(TOOLS / "typescript" / "bin" / "tsc")
    options = ("--checkJs", "--allowJs", "--noEmit", "--strict", "--target", "es2022")
    done = run(node, tsc, *options, str(tmp_path / "wrong.js"))
    assert "Property 'nothing' does not exist" in done.stdout


def test_the_linter_finds_nothing(node):
    """Neither an unused name nor a warning."""
    eslint = str(TOOLS / "eslint" / "bin" / "eslint.js")
    done = run(node, eslint, "--max-warnings", "0", "src", "tests/front")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_pure_parts_keep_their_promises(node):
    """Figures as boxes show them, places on the canvas, what is kept while a kernel is away."""
    tests = sorted(map(str, (ROOT / "tests" / "front").glob("*.test.js")))
    done = run(node, "--test", *tests)
    assert done.returncode == 0, done.stdout
    assert "# pass 0" not in done.stdout


def test_what_a_module_exports_another_one_uses():
    """Nothing is offered that nobody takes: what only its own module needs is private."""
    files = [file for kind in ("*.js", "*.d.ts") for file in (ROOT / "src").rglob(kind)]
    files += (ROOT / "tests" / "front").glob("*.js")
    texts = {file: file.read_text("utf-8") for file in files}
    imported = {
        name
        for text in texts.values()
        for names in re.findall(r"^import (?:type )?\{([^}]*)\}", text, re.MULTILINE)
        for name in re.findall(r"\w+", names)
    }
    offered = {
        name
        for text in texts.values()
        for name in re.findall(r"^export (?:async )?(?:function|const|class) (\w+)", text, re.M)
    }
    assert len(offered) > 30
    assert offered - imported == set()


def test_every_module_is_laid_into_the_page_once(node, tmp_path):
    """None is left out, no import is left over, and the whole can be parsed."""
    assert sorted(PARTS) == sorted(file.stem for file in FRONT.glob("*.js"))
    program = tmp_path / "page.mjs"
    program.write_text(page(), "utf-8")
    lines = page().splitlines()
    assert [line for line in lines if line.startswith(("import ", "export "))] == [
        "export default {"
    ]
    done = run(node, "--check", str(program))
    assert done.returncode == 0, done.stderr
