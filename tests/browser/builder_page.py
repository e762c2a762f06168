"""The builder's screen in a browser, as a founder handles it; every wait is for a condition."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import yaml

from browser.lab import PATIENCE_MS

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
BAKERY = ("Dough proved", "Market days pay", "Permit granted", "Lease signed", "Shop is open")
QUIET = """() => {
  // every order heard, and the odds are those of the plan as it stands, at rest
  const screen = document.querySelector('.wbb');
  return screen && !screen.querySelector('.wbb-sent') && !screen.hasAttribute('data-busy')
    && !screen.querySelector('.wbb-answers').classList.contains('wbb-stale')
    && screen.querySelector('.wbb-answers').hasAttribute('data-at-rest');
}"""


def copy_of(lang: str, folder: Path, more: str = "") -> Path:
    """The notebook as shipped, with more code in its set-up cell, and a plan name of its own.

    A kernel of an earlier test may still write its plan: it never meets this one's.
    """
    notebook = nbformat.read(NOTEBOOKS / lang / "05-your-chain.ipynb", as_version=4)
    (cell,) = [c for c in notebook.cells if "parameters" in c.metadata.get("tags", [])]
    cell.source = cell.source.replace('"my-chain"', f'"{name_in(folder)}"')
    if more:
        (cell,) = [c for c in notebook.cells if c.metadata.workbook.section == "set-up"]
        cell.source += f"\n{more}"
    nbformat.write(notebook, folder / f"{lang}.ipynb")
    return folder / f"{lang}.ipynb"


def name_in(folder: Path) -> str:
    """The name of the plan that a test builds in its folder."""
    return "".join(c if c.isalnum() else "-" for c in folder.name)[:60]


@dataclass
class BuilderPage:
    """One open screen; counts the keys and clicks that it is given."""

    page: Any
    home: Path
    keys: int = 0
    clicks: int = 0
    name: str = "my-chain"

    def shown(self) -> BuilderPage:
        """Wait for the screen itself."""
        self.page.locator(".wbb").wait_for()
        self.page.wait_for_function(QUIET)
        return self

    def press(self, *keys: str) -> None:
        """Press keys, one after another."""
        for key in keys:
            self.keys += 1
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type a text key by key."""
        self.keys += len(text)
        self.page.keyboard.type(text)

    def click(self, target: Any) -> None:
        """Click something: a locator, or a selector."""
        self.clicks += 1
        (self.page.locator(target) if isinstance(target, str) else target).first.click()

    def node(self, name: str) -> Any:
        """The milestone of that name on the canvas."""
        return self.page.locator(".wbb-node").filter(has_text=name)

    def face(self, name: str) -> Any:
        """What is focused and clicked of it."""
        return self.node(name).locator(".wbb-face")

    def box(self, path: str) -> Any:
        """The number box of a figure, by the end of its path."""
        return self.page.locator(f".wbb-inspector [data-path$='{path}'] input.wbb-box")

    def tool(self, label: str) -> Any:
        """A button by its name."""
        return self.page.get_by_role("button", name=label, exact=True)

    @property
    def said(self) -> Any:
        """The line under the canvas."""
        return self.page.locator(".wbb-said")

    def says(self, text: str) -> None:
        """Wait until the line says that."""
        self.said.filter(has_text=text).wait_for()

    def quiet(self) -> None:
        """Wait until the odds are those of the plan as it stands."""
        self.page.wait_for_function(QUIET)

    def kept(self, wanted: Any) -> dict[str, Any]:
        """The plan file, once it is as wanted; fails with what it says after some seconds."""
        file = self.home / "plans" / f"{self.name}.yaml"
        plan: dict[str, Any] = {}
        for _ in range(PATIENCE_MS // 50):
            plan = yaml.safe_load(file.read_text("utf-8")) if file.exists() else {}
            with suppress(KeyError, IndexError):  # not that far yet
                if wanted(plan):
                    return plan
            self.page.wait_for_function("() => new Promise(done => setTimeout(done, 50, true))")
        raise AssertionError(plan)

    def bakery(self) -> BuilderPage:
        """Five milestones in a row from a blank page, by keys."""
        self.page.locator(".wbb-empty input").focus()
        self.type(BAKERY[-1])
        self.press("Enter")
        for name in reversed(BAKERY[:-1]):
            self.press("b")
            self.type(name)
            self.press("Enter")
        self.page.wait_for_function("() => document.querySelectorAll('.wbb-node').length === 5")
        self.quiet()
        return self


def needs(plan: dict[str, Any]) -> dict[str, list[str]]:
    """What each milestone of a plan file needs, by name."""
    names = {m["id"]: m["name"] for m in plan["milestones"]}
    return {m["name"]: [names[id] for id in m.get("needs", [])] for m in plan["milestones"]}
