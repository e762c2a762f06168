"""A rehearsal's page in a browser with its kernel in the test's own process: no Lab to start."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from workbook.lesson.rehearsal.exchange import Exchange
from workbook.lesson.rehearsal.sitting import Sitting
from workbook.lesson.rehearsal.widget import page as program
from workbook.lesson.rehearsal.widget import sheet
from workbook.words import Words

MODEL = """
let board = JSON.parse(await window.kernelHear(''));
const words = JSON.parse(await window.kernelWords());
const heard = [];
window.sent = [];
const model = {
  comm_live: true,
  get: (name) => (name === 'words' ? words : board),
  on(name, act) { if (name === 'change:board') heard.push(act); },
  off() {},
  async send(command) {
    window.sent.push(command);
    board = JSON.parse(await window.kernelHear(JSON.stringify(command)));
    heard.forEach((act) => act());
  },
};
const { default: screen } = await import(URL.createObjectURL(
  new Blob([window.program], { type: 'text/javascript' })));
screen.render({ model, el: document.querySelector('main') });
"""
QUIET = """serial => {
  const root = document.querySelector('.wbr');
  return root && Number(root.dataset.serial) > serial && !root.hasAttribute('data-passing')
    && !root.hasAttribute('data-busy');
}"""


@dataclass
class RehearsalPage:
    """One open rehearsal."""

    page: Any
    sitting: Sitting

    def act(self, do: Any) -> None:
        """Do something, and wait until the next screen is there and its weeks have passed."""
        before = int(self.page.locator(".wbr").get_attribute("data-serial"))
        do()
        self.page.wait_for_function(QUIET, arg=before)


def open_rehearsal(page: Any, sitting: Sitting, lang: str = "en", dark: bool = False) -> Any:
    """Open a rehearsal on a blank page of the browser."""
    exchange = Exchange(sitting, Words(lang))

    def hear(text: str) -> str:
        if text:
            exchange.hear(json.loads(text))
        if sitting.owes_debrief:
            exchange.work_out(lambda: None)
        return json.dumps(exchange.board())

    page.expose_function("kernelHear", hear)
    page.expose_function("kernelWords", lambda: json.dumps(exchange.words))
    page.set_content(
        f"<!doctype html><html lang='{lang}'><head><title>rehearsal</title>"
        "<meta name='viewport' content='width=device-width'>"
        f"<style>body{{margin:0}}{'.wbr-dark{background:#111;color:#ddd}' if dark else ''}"
        f"{sheet()}</style></head><body class='{'wbr-dark' if dark else ''}'><main></main></body>"
    )
    page.evaluate("text => { window.program = text; }", program())
    page.add_script_tag(content=MODEL, type="module")
    page.locator(".wbr [data-do=begin], .wbr-choice").first.wait_for()
    return RehearsalPage(page, sitting)
