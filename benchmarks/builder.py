"""From a change to the new picture, in a real browser; `python -m benchmarks.builder`.

With `--kernel` only what the kernel does is measured, in CPU time, without a browser: the first
answer to a change and the settled one, beside the play and the figure of a plain slider.

The builder beside what a notebook would have without it: a plain ipywidgets slider that plays the
same plan and redraws the same picture with matplotlib. Both stand in one notebook, in one page, on
one kernel; the same key moves the same figure, turn about. The clock runs in the page, from the key
to the first frame after the new picture is there.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

import nbformat

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from browser.lab import Lab, Notebook, serve  # noqa: E402 - stands beside the tests
from conftest import DEAD_PROXY, find_chromium  # noqa: E402

TURNS = 20
CASES = ("caffeine-lozenge", "training-camp", "ai-companion", "side-business")
PLANS = ("training-camp", "caffeine-lozenge", "sixty", "forked")
SET_UP = """
from workbook import cases
from workbook.builder import open_builder
from workbook.plan import Milestone, Plan

def sixty():  # as many as the canvas holds: five threads of twelve, one after another in each
    milestones = [
        Milestone(id=f"m{{n}}", name=f"Milestone {{n}}", needs=(f"m{{n - 5}}",) if n >= 5 else (),
                  weeks=2.0, cost=500.0, pass_rate=0.8)
        for n in range(59)
    ]
    goal = Milestone(id="goal", name="The goal", needs=tuple(m.id for m in milestones[-5:]))
    return Plan(id="sixty", goal="goal", cash=600000.0, horizon_weeks=208,
                milestones=(*milestones, goal))

def forked():  # the same with two teams and two forks, one of them taken
    slower = {{"teams": 1, "burn_per_week": "-500"}}
    forks = [
        {{"id": "short", "at": {{"milestone": "m30", "cash_below": 300000}}, "chosen": "leaner",
          "options": [{{"id": "leaner", **slower}}]}},
        {{"id": "leave", "at": {{"milestone": "m20"}},
          "options": [{{"id": "out", "milestones": {{"m21": {{"pass_rate": 0.5}}}}}}]}},
    ]
    plain = sixty().model_dump(exclude_none=True)
    return Plan.model_validate({{**plain, "teams": 2, "forks": forks}})

chain = open_builder("en", "measured")
made = {{"sixty": sixty, "forked": forked}}
plan = made[{plan!r}]() if {plan!r} in made else cases.load({plan!r}).plan
plan = plan.model_copy(update={{"burn_per_week": 2000.0}})
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
CLOCK = """async ([box, what]) => {
  // from the next key to the frame after the picture has become another one
  const place = document.querySelector(box);
  const seen = () =>
    [...place.querySelectorAll(what)].map(node => node.src || node.innerHTML).join();
  const before = seen();
  const start = await new Promise(key =>
    addEventListener('keydown', () => key(performance.now()), {capture: true, once: true}));
  while (seen() === before || !seen()) {
    if (performance.now() - start > 10000) throw new Error('no new picture: ' + box);
    await new Promise(requestAnimationFrame);
  }
  await new Promise(requestAnimationFrame);
  return performance.now() - start;
}"""
WAYS = {
    "builder": (
        "[data-path='burn_per_week'] input[type=range]",
        [".wbb-answers", ".wbb-figure svg"],
    ),
    "plain slider": (".noUi-handle", [".jupyter-widgets.widget-vbox", "img"]),
}


def notebook_of(plan: str, file: Path) -> Path:
    """Both ways in one notebook."""
    cells = [SET_UP.format(plan=plan).strip(), PLAIN.strip()]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, file)
    return file


def turn(page: Any, way: str) -> float:
    """One press of a key on a slider: milliseconds to its picture."""
    handle, where = WAYS[way]
    page.locator(handle).first.focus()
    page.evaluate("args => { window.clock = (" + CLOCK + ")(args); }", where)
    page.keyboard.press("ArrowRight")
    return float(page.evaluate("() => window.clock"))


@contextmanager
def opened(lab: Lab, browser: Any, plan: str) -> Iterator[Any]:
    """A page with both ways, at rest."""
    shutil.rmtree(lab.home, ignore_errors=True)
    page = browser.new_page(viewport={"width": 1366, "height": 1000})
    notebook = Notebook(page, lab, notebook_of(plan, lab.root / f"{plan}.ipynb")).open().run_all()
    assert notebook.errors == [], notebook.errors
    page.locator(".wbb-figure svg").wait_for()
    page.locator(".jupyter-widgets img").first.wait_for()
    page.locator("[data-page=next]").wait_for()
    try:
        yield page
    finally:
        page.close()


def measure(lab: Lab, browser: Any, plan: str) -> dict[str, list[float]]:
    """Both ways, turn about; the first turn of each warms up and is not counted."""
    took: dict[str, list[float]] = {way: [] for way in WAYS}
    with opened(lab, browser, plan) as page:
        for n in range(TURNS + 1):
            for way in WAYS:
                spent = turn(page, way)
                if n:
                    took[way].append(spent)
                page.wait_for_timeout(500)  # at rest, as after a slow hand
    return took


def kernel_times(plan: Any) -> dict[str, float]:
    """CPU milliseconds of each answer to a change, and of a plain slider's; medians of nine."""
    from matplotlib.figure import Figure

    from workbook.builder.answers import answers, settled
    from workbook.builder.throttle import SLOW
    from workbook.builder.view import pages
    from workbook.builder.view.board import odds_of
    from workbook.builder.view.chart_pages import Sight
    from workbook.charts import runway
    from workbook.play import play
    from workbook.words import Words

    words, sight = Words("en"), Sight()

    def shown(found: Any) -> None:
        dict(odds_of(found, words))
        pages.answered(found, words, sight)

    def plain(changed: Any) -> None:
        figure = Figure((7.4, 3.4))
        runway.draw(play(changed), figure.subplots(), words)
        figure.savefig(BytesIO(), format="png")  # as a notebook shows it

    start = process_time()
    known = answers(plan)
    slow: Any = "simulated" if process_time() - start > SLOW else "auto"  # as the screen learns
    ways = {
        "first": lambda changed: shown(answers(changed, how=slow, findings=known.findings)),
        "settled": lambda changed: shown(settled(changed)),
        "plain slider": plain,
    }
    took: dict[str, list[float]] = {way: [] for way in ways}
    for n in range(10):
        for way, act in ways.items():
            changed = plan.model_copy(update={"burn_per_week": plan.burn_per_week + n + 1})
            start = process_time()
            act(changed)
            took[way] += [1000 * (process_time() - start)] if n else []
    return {way: median(times) for way, times in took.items()}


def measure_kernel() -> None:
    """Print the kernel's part of an answer for the four cases."""
    from workbook import cases

    print(f"{'plan':<18}{'first':>8}{'settled':>9}{'plain slider':>14}{'first / plain':>15}")
    for case in CASES:
        took = kernel_times(cases.load(case).plan)
        ratio = took["first"] / took["plain slider"]
        times = (took["first"], took["settled"], took["plain slider"])
        print(f"{case:<18}{times[0]:>8.0f}{times[1]:>9.0f}{times[2]:>14.0f}{ratio:>15.2f}")


def main() -> None:
    """Print a table: milliseconds from the key to the picture."""
    if "--kernel" in sys.argv:
        measure_kernel()
        return
    from playwright.sync_api import sync_playwright

    print(f"{'plan':<18}{'way':<16}{'median':>9}{'p95':>9}")
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        args = [f"--proxy-server={DEAD_PROXY}", "--no-sandbox"]
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=args)
        for lab in serve(Path(folder)):
            for plan in PLANS:
                took = measure(lab, browser, plan)
                for way, times in took.items():
                    p95 = quantiles(times, n=20)[-1]
                    print(f"{plan:<18}{way:<16}{median(times):>9.0f}{p95:>9.0f}")
                ratio = median(took["builder"]) / median(took["plain slider"])
                print(f"{plan:<18}builder takes {ratio:.2f} of the plain slider's time")
        browser.close()


if __name__ == "__main__":
    main()
