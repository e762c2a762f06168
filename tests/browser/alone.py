"""The builder's page in a browser with its kernel in the test's own process: no Lab to start.

The page gets a model with the same traits and messages as in a notebook; what the kernel sets is
fetched by the page every few milliseconds. What is Lab's own (its keys, its theme, a restart) is
tested in `test_builder`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from browser.builder_page import BuilderPage
from workbook.builder import open_builder
from workbook.builder.view.screen import page as program
from workbook.builder.view.screen import sheet

TRAITS = frozenset(
    {"words", "board", "heard", "answers", "advice", "story", "compared", "sources", "preview"}
    | {"rehearsal", "plans", "scenarios", "shared"}
)
MODEL = """
const traits = JSON.parse(await window.kernelTraits());
const heard = new Map();
const model = {
  comm_live: true,
  get: (name) => structuredClone(traits[name]),
  set: (name, value) => { traits[name] = value; },
  save_changes() {},
  on(name, act) { heard.set(name, [...(heard.get(name) ?? []), act]); },
  off(name, act) { heard.set(name, (heard.get(name) ?? []).filter((one) => one !== act)); },
  send(command) { window.kernelHear(JSON.stringify(command)); },
};
async function fetchTraits() {
  const changed = JSON.parse(await window.kernelChanges());
  for (const [name, value] of Object.entries(changed)) traits[name] = value;
  for (const name of Object.keys(changed))
    (heard.get(`change:${name}`) ?? []).forEach((act) => act());
  setTimeout(fetchTraits, 15);
}
const { default: screen } = await import(URL.createObjectURL(
  new Blob([window.program], { type: "text/javascript" })));
screen.render({ model, el: document.querySelector("main > div") });
fetchTraits();
"""


class Alone(BuilderPage):
    """One open screen without Lab."""

    builder: Any


def open_alone(
    page: Any, home: Path, lang: str = "en", name: str = "my-chain", mark: str = "() => {}"
) -> Alone:
    """Open the builder on a blank page of the browser, marked first; its plan is in `home`."""
    builder = open_builder(lang, name)
    changed: dict[str, Any] = {}
    known = [name for name in TRAITS if builder.screen.has_trait(name)]
    builder.screen.observe(lambda change: changed.update({change.name: change.new}), known)

    def traits() -> str:
        return json.dumps({name: getattr(builder.screen, name) for name in known})

    def changes() -> str:
        # taken out one by one: the thread that plays the odds may add another meanwhile
        return json.dumps({name: changed.pop(name) for name in list(changed)})

    page.expose_function("kernelTraits", traits)
    page.expose_function("kernelChanges", changes)
    page.expose_function("kernelHear", lambda text: builder.hear(None, json.loads(text), []))
    page.set_content(
        f"<!doctype html><html lang='{lang}'><head><title>builder</title><style>body{{margin:0}}"
        f"{sheet()}</style></head><body>"
        "<main><h1 class='wbb-hidden'>builder</h1><div></div></main></body></html>"
    )
    page.evaluate(mark)
    page.evaluate("text => { window.program = text; }", program())
    page.add_script_tag(content=MODEL, type="module")
    screen = Alone(page, home, name=name)
    screen.builder = builder
    return screen.shown()
