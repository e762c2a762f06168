"""What the facilitator's notebook calls: the guide, a timer, sheets to print, and the wall.

    from workbook.workshop import facilitate
    room = facilitate("en", minutes=90)
    room.guide()
    room.timer()
    room.sheets()
    room.paper_bet("hand-ins")
    room.rehearsal("caffeine-lozenge", 7)
    room.wall("hand-ins")

The guide and its timetable are in `guide.py`.
"""

from __future__ import annotations

import json
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

from workbook.cases.file import put
from workbook.errors import InputError, WorkError
from workbook.files import home
from workbook.injected import accept
from workbook.lesson import markup
from workbook.lesson.panel import Panel, speak_plainly
from workbook.plan import Plan
from workbook.rehearsal import rehearse
from workbook.words import Words
from workbook.workshop.collect import DESK, WALL, collect
from workbook.workshop.debrief import questions
from workbook.workshop.guide import before, guide_page, slides, slides_page, timetable
from workbook.workshop.hand_in import best_option
from workbook.workshop.page import with_names
from workbook.workshop.paper import FORK, PAPERS, paper_page
from workbook.workshop.paper_bet import paper_bet_panel
from workbook.workshop.rehearsed import plan_to_rehearse

PRINTS = "print"
WALLS = "wall"


def facilitate(
    lang: str = "en", minutes: int = 90, *, remote: bool = False, alive: bool = True
) -> Facilitator:
    """Return the tools for a workshop of 60, 75, 90 or 120 minutes.

    `remote=True` is for a video call. `alive=False` is for a batch run: no buttons, and no file is
    written.

    Raises
    ------
    InputError
        For any other length, or another language.
    """
    w = Words(lang)
    speak_plainly(w)
    accept(w)
    return Facilitator(w, minutes, home(), remote=remote, alive=alive)


class Facilitator:
    """A facilitator's tools in the notebook."""

    def __init__(
        self, w: Words, minutes: int, home: Path, *, remote: bool = False, alive: bool = True
    ) -> None:
        self.w, self.minutes, self.home, self.alive = w, minutes, home, alive
        self.remote = remote
        self.slots = timetable(minutes)

    def guide(self) -> Panel:
        """Show the timetable; each block unfolds to what is said, shown and done."""
        return Panel(self.w, self._guide, alive=False)

    def _guide(self) -> str:
        w = self.w
        listed = "".join(f"<li>{escape(line)}</li>" for line in before(w, remote=self.remote))
        said = [markup.fold(w("Before the day"), f"<ul>{listed}</ul>")]
        for slot in self.slots:
            block = slot.block
            rows = [
                (w("Say"), w.text(block.say)),
                (w("Show"), w.text(block.show)),
                (w("They do"), w.text(block.do)),
                *([(w("On a call"), w.text(block.remote))] if self.remote else []),
                *((w.text(case.when), w.text(case.then)) for case in block.wrong),
            ]
            inner = "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in rows)
            head = f"{slot.clock}  {w.text(block.title)} · {slot.minutes} {w('min')}"
            said.append(markup.fold(head, f"<dl>{inner}</dl>"))
        return "".join(said)

    def timer(self) -> Any:
        """Show a timer for the projector; a table where no kernel is connected."""
        w = self.w
        rows = [(slot.clock, w.text(slot.block.title), str(slot.minutes)) for slot in self.slots]
        still = markup.table((w("from the start"), w("block"), w("min")), rows)
        if not self.alive:
            return Panel(w, lambda: still, alive=False)
        ticking = _timer(self.slots_said(), self._labels())
        return Panel(w, lambda: markup.fold(w("The timetable"), still), (ticking,))

    def slots_said(self) -> list[dict[str, Any]]:
        """Return the blocks for the timer: title, minutes, and the announcement of the block."""
        w = self.w
        template = "Then: {title} · {n} min"
        rows = [(w.text(slot.block.title), slot.minutes) for slot in self.slots]
        return [
            {"title": title, "minutes": n, "next": w(template, title=title, n=n)}
            for title, n in rows
        ]

    def _labels(self) -> dict[str, str]:
        w = self.w
        return {
            "timer": w("Timer of the workshop"),
            "left": w("how much of the block is over"),
            "last": w("This is the last block."),
            "min": w("min"),
            "start": w("Start"),
            "pause": w("Pause"),
            "back": w("Back"),
            "forth": w("Next"),
            "screen": w("Full screen"),
            "sound": w("Sound at the end of a block"),
        }

    def sheets(self) -> Panel:
        """Write guide, worksheet and cards as pages to print, for A4 and Letter, and slides."""
        return Panel(self.w, self._sheets, alive=False)

    def _sheets(self) -> str:
        w, folder = self.w, self.home / PRINTS
        kind = "call" if self.remote else "guide"
        page = guide_page(self.minutes, w, remote=self.remote)
        pages = {f"{kind}-{self.minutes}-{w.lang}.html": page}
        pages |= {f"sheets-{p.lower()}-{w.lang}.html": paper_page(w, p) for p in PAPERS}
        if self.alive:
            _make(folder)
            for name, html in pages.items():
                put(folder / name, html)
            put(folder / f"{self._slides}.html", slides_page(self.minutes, w))
            notebook = json.dumps(slides(self.minutes, w), ensure_ascii=False)
            put(folder / f"{self._slides}.ipynb", notebook)
        said = w("To print: {files}, in {folder}.", files=w.list(pages), folder=str(folder))
        show = w(
            "To show, without code: {file}, which needs no network; {notebook} is the same for "
            "JupyterLab’s presentation mode.",
            file=f"{self._slides}.html",
            notebook=f"{self._slides}.ipynb",
        )
        return markup.line(said, "good") + markup.line(show)

    @property
    def _slides(self) -> str:
        return f"slides-{self.minutes}-{self.w.lang}"

    def paper_bet(self, folder: str = "hand-ins", fork: str = FORK) -> Panel:
        """Show a form to type in a bet that was placed on paper.

        Raises
        ------
        InputError
            For an unknown fork.
        """
        return paper_bet_panel(self.w, self._inbox(folder), fork, alive=self.alive)

    def rehearsal(self, case: str, luck: int) -> Panel:
        """Show what the class sets in its notebook to rehearse this case on this luck.

        Raises
        ------
        InputError
            For an unknown case, or a seed below 0.
        """
        plan = plan_to_rehearse(case)
        rehearse(plan, luck)  # refuses what is not a seed
        return Panel(self.w, lambda: self._rehearsal(plan, luck), alive=False)

    def _rehearsal(self, plan: Plan, luck: int) -> str:
        w = self.w
        title = w.text(plan.title or plan.id)
        lines = [
            w("Everybody rehearses “{case}” on the same luck.", case=title),
            w("Write on the board what each of them sets at the top of notebook 07:"),
        ]
        said = f'rehearsal = "{plan.id} {luck}"'
        return markup.say(*lines) + f"<pre>{escape(said)}</pre>"

    def wall(self, folder: str = "hand-ins") -> Panel:
        """Show the state of the class: three questions, and links to the wall and the own view."""
        w = self.w
        if not self.alive:
            return Panel(w, lambda: self._no_wall(folder), alive=False)
        import ipywidgets as widgets

        button = widgets.Button(description=w("Collect again"))
        panel = Panel(w, lambda: self._wall(folder), (button,))
        button.on_click(panel.guarded(lambda _: panel.refresh()))
        return panel

    def _no_wall(self, folder: str) -> str:
        template = "No hand-ins in {folder} yet. Put them there, then collect again."
        return markup.line(self.w(template, folder=folder))

    def _wall(self, folder: str) -> str:
        w, inbox = self.w, self._inbox(folder)
        if not inbox.is_dir():
            return self._no_wall(str(inbox))
        try:
            found = collect(inbox, self.home / WALLS, w)
        except InputError as error:
            return markup.line(w.faults(error), "fault")
        right = {fork: best for fork in found.wall.votes if (best := best_option(fork))}
        asked = [with_names(question.ask, w) for question in questions(found.wall, right)]
        listed = "".join(f"<li>{escape(question)}</li>" for question in asked)
        pages = w(
            "For the projector: {wall}. For you alone: {desk}.",
            wall=str(found.out / WALL),
            desk=str(found.out / DESK),
        )
        counted = w.n("{n} hand-in counts", "{n} hand-ins count", len(found.answers))
        return markup.line(counted, "good") + f"<ol>{listed}</ol>" + markup.say(pages)

    def _inbox(self, folder: str) -> Path:
        path = Path(folder).expanduser()
        return path if path.is_absolute() or path.is_dir() else self.home / path


def _timer(slots: list[dict[str, Any]], say: dict[str, str]) -> Any:
    """Return the timer as a widget; its browser code needs no network."""
    import anywidget
    import traitlets

    class Timer(anywidget.AnyWidget):
        _esm = files("workbook.workshop").joinpath("timer.js").read_text("utf-8")
        _css = files("workbook.workshop").joinpath("timer.css").read_text("utf-8")
        slots: Any = traitlets.List().tag(sync=True)
        say: Any = traitlets.Dict().tag(sync=True)

    return Timer(slots=slots, say=say)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        template = "{path} cannot be written: {reason}"
        raise WorkError(template, path=str(folder), reason=reason) from None
