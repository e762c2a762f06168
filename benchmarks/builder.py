"""From a key to the paint of the new odds, in a real browser; `python -m benchmarks.builder`.

The builder beside what a notebook would have without it: a plain ipywidgets slider that plays the
same plan and redraws the same picture with matplotlib. Both stand in one notebook, in one page, on
one kernel; the same key moves the same figure, turn about. The page marks the key, the frame after
the first answer to it is drawn, and the frame after the settled answer (all lives); of the plain
slider the frame after its new figure is decoded. What the kernel does of that is measured in CPU
time by `benchmarks.redraw`.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import nbformat

from benchmarks.redraw import p95, plans
from workbook.plan import Plan

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from browser.lab import Lab, Notebook, serve  # noqa: E402 - is next to the tests
from conftest import DEAD_PROXY, find_chromium  # noqa: E402

TURNS = 20
SET_UP = """
from workbook.builder import open_builder
from workbook.plan import Plan

plan = Plan.model_validate_json({plan!r}).model_copy(update={{"burn_per_week": 2000.0}})
chain = open_builder("en", "measured")
chain.state.import_(plan) or chain.state.import_(plan)
chain.show()
chain.scheduler.ask(chain.state.revision)
chain
"""
PLAIN = """
import ipywidgets as widgets
import matplotlib.pyplot as plt
from IPython.display import clear_output, display
from workbook.charts import runway
from workbook.play import play
from workbook.words import Words

words, slider = Words("en"), widgets.IntSlider(value=2000, min=0, max=20000, step=100)
output = widgets.Output()

def redraw(change=None):
    outcomes = play(plan.model_copy(update={"burn_per_week": float(slider.value)}))
    with output:
        clear_output(wait=True)
        figure, ax = plt.subplots(figsize=(7.4, 3.4))
        runway.draw(outcomes, ax, words)
        plt.show()

slider.observe(redraw, "value")
redraw()
display(widgets.VBox([slider, output], layout=widgets.Layout(width="720px")))
"""
CLOCK = """async (way) => {
  // performance marks: the key, then the frame in which each answer to it is painted
  const painted = async (name) => {
    await new Promise(requestAnimationFrame);
    const channel = new MessageChannel(); // a task behind the frame
    await new Promise((done) => { channel.port1.onmessage = done; channel.port2.postMessage(0); });
    performance.mark(name);
    return performance.measure(name, 'key', name).duration;
  };
  const until = (is) => new Promise((done, failed) => {
    const late = setTimeout(() => failed(new Error('no answer: ' + way)), 20000);
    const look = (changes) => {
      if (!is(changes)) return;
      observer.disconnect(); clearTimeout(late); done();
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, {subtree: true, childList: true, attributes: true});
    look([]);
  });
  const answers = document.querySelector('.wbb-answers');
  const output = document.querySelector('.jupyter-widgets.widget-vbox');
  const before = Number(answers.dataset.revision);
  await new Promise((key) => addEventListener('keydown', key, {capture: true, once: true}));
  performance.mark('key');
  if (way === 'builder') {
    await until(() => Number(answers.dataset.revision) > before);
    const first = await painted('first');
    await until(() => answers.hasAttribute('data-at-rest'));
    return [first, await painted('settled')];
  }
  const drawn = ({target, attributeName, addedNodes}) => output.contains(target)
    && (attributeName === 'src' || [...addedNodes].some((node) => node.querySelector?.('img')));
  await until((changes) => changes.some(drawn) && output.querySelector('img'));
  await output.querySelector('img').decode();
  const first = await painted('first');
  return [first, first];
}"""
HANDLES = {
    "builder": "[data-path='burn_per_week'] input[type=range]",
    "plain slider": ".noUi-handle",
}


def notebook_of(plan: Plan, file: Path) -> Path:
    """Both ways in one notebook."""
    cells = [SET_UP.format(plan=plan.model_dump_json(exclude_none=True)).strip(), PLAIN.strip()]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, file)
    return file


def turn(page: Any, way: str) -> list[float]:
    """One press of a key on a slider: milliseconds to the first answer, and to the settled one."""
    page.locator(HANDLES[way]).first.focus()
    page.evaluate("way => { window.clock = (" + CLOCK + ")(way); }", way)
    page.keyboard.press("ArrowRight")
    found: list[float] = page.evaluate("() => window.clock")
    return found


@contextmanager
def opened(lab: Lab, browser: Any, name: str, plan: Plan) -> Iterator[Any]:
    """A page with both ways, at rest."""
    shutil.rmtree(lab.home, ignore_errors=True)
    page = browser.new_page(viewport={"width": 1366, "height": 1000})
    notebook = Notebook(page, lab, notebook_of(plan, lab.root / f"{name}.ipynb")).open().run_all()
    assert notebook.errors == [], notebook.errors
    page.locator(".wbb-figure svg").wait_for()
    page.locator(".jupyter-widgets img").first.wait_for()
    page.locator("[data-page=next]").wait_for()
    try:
        yield page
    finally:
        page.close()


def measure(lab: Lab, browser: Any, name: str, plan: Plan) -> dict[str, list[float]]:
    """Both ways, turn about; the first turn of each warms up and is not counted."""
    took: dict[str, list[float]] = {"first": [], "settled": [], "plain slider": []}
    with opened(lab, browser, name, plan) as page:
        for n in range(TURNS + 1):
            spent = [*turn(page, "builder"), turn(page, "plain slider")[0]]
            for stage, milliseconds in zip(took, spent, strict=True):
                took[stage] += [milliseconds] if n else []
            page.wait_for_timeout(500)  # as after a slow hand
    return took


def main() -> None:
    """Print a line a plan: milliseconds from the key to the paint, median and 95th percentile."""
    from playwright.sync_api import sync_playwright

    columns = ("first", "settled", "plain slider")
    print(f"{'plan':<18}" + "".join(f"{one:>14}{'p95':>6}" for one in columns) + "  first / plain")
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        args = [f"--proxy-server={DEAD_PROXY}", "--no-sandbox"]
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=args)
        for lab in serve(Path(folder)):
            for name, plan in plans().items():
                if sys.argv[1:] and name not in sys.argv[1:]:
                    continue
                took = measure(lab, browser, name, plan)
                cells = "".join(
                    f"{median(took[one]):>14.0f}{p95(took[one]):>6.0f}" for one in columns
                )
                ratio = median(took["first"]) / median(took["plain slider"])
                print(f"{name:<18}{cells}{ratio:>15.2f}", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
