"""What the facilitator's notebook calls: the guide, a timer, sheets to print, and the wall.

    from workbook.workshop import facilitate
    room = facilitate("en", minutes=90)
    room.guide()
    room.timer()
    room.sheets()
    room.rehearsal("caffeine-lozenge", 7)
    room.wall("hand-ins")

The guide's text is in `guide.yaml`, in both languages; here it becomes a timetable for a length of
workshop, minute by minute, and a page to read, project or print.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from workbook.cases.file import put
from workbook.errors import InputError, WorkError, fault
from workbook.files import home
from workbook.injected import accept
from workbook.lesson import markup
from workbook.lesson.panel import Panel, speak_plainly
from workbook.plan import Bilingual, Plan
from workbook.rehearsal import rehearse
from workbook.words import Words
from workbook.workshop.collect import DESK, WALL, collect
from workbook.workshop.debrief import questions
from workbook.workshop.hand_in import best_option
from workbook.workshop.page import with_names
from workbook.workshop.paper import PAPERS, paper_page
from workbook.workshop.rehearsed import plan_to_rehearse


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Contingency(_Part):
    """Something that may go wrong, and what to do then."""

    when: Annotated[Bilingual, Field(alias="if")]
    then: Bilingual


class Block(_Part):
    """A part of the workshop."""

    title: Bilingual
    say: Bilingual
    show: Bilingual
    do: Bilingual
    wrong: Annotated[tuple[Contingency, ...], Field(min_length=1)]


class Preparation(_Part):
    """A task before the day, and the minutes it takes."""

    minutes: Annotated[int, Field(ge=1)]
    en: str
    zh: str

    @property
    def text(self) -> Bilingual:
        """The task."""
        return Bilingual(en=self.en, zh=self.zh)


class Guide(_Part):
    """The blocks, the preparations, and by workshop length the minutes of each block."""

    lengths: Mapping[int, Mapping[str, int]]
    before: tuple[Preparation, ...]
    blocks: Mapping[str, Block]


@dataclass(frozen=True)
class Slot:
    """A block in the timetable: `begins` and `minutes`, both in minutes."""

    id: str
    begins: int
    minutes: int
    block: Block

    @property
    def clock(self) -> str:
        """The start as hours and minutes from the beginning of the workshop: `0:45`."""
        return f"{self.begins // 60}:{self.begins % 60:02d}"


@cache
def guide() -> Guide:
    """Return the guide shipped with the package."""
    from ruamel.yaml import YAML

    text = files("workbook.workshop").joinpath("guide.yaml").read_text("utf-8")
    return Guide.model_validate(YAML(typ="safe", pure=True).load(StringIO(text)))


def timetable(minutes: int) -> tuple[Slot, ...]:
    """Return the slots of a workshop of that length; raise InputError for an unknown length."""
    known = guide()
    if minutes not in known.lengths:
        allowed = ", ".join(map(str, known.lengths))
        template = "there is no workshop of {found} minutes; choose one of {allowed}"
        raise InputError("minutes", [fault("", template, found=minutes, allowed=allowed)])
    slots, begins = [], 0
    for id, length in known.lengths[minutes].items():
        slots.append(Slot(id, begins, length, known.blocks[id]))
        begins += length
    return tuple(slots)


def before(w: Words) -> list[str]:
    """Return the preparations, one line each, with their minutes."""
    return [f"{task.minutes} {w('min')} · {w.text(task.text)}" for task in guide().before]


def guide_page(minutes: int, w: Words) -> str:
    """Return the guide as one printable HTML page."""
    from workbook.workshop.page import render

    return render(
        "guide.html.j2",
        w,
        title=w("A workshop of {minutes} minutes", minutes=minutes),
        finding=w("What to say, what to show, what they do, and what to do if it goes wrong."),
        refresh=0,
        before=before(w),
        slots=timetable(minutes),
        text=w.text,
        say={
            "skip": w("Skip to the content"),
            "before": w("Before the day"),
            "minutes": w("min"),
            "say": w("Say"),
            "show": w("Show"),
            "do": w("They do"),
            "wrong": w("If it goes wrong"),
        },
    )


PRINTS = "print"
WALLS = "wall"


def facilitate(lang: str = "en", minutes: int = 90, *, alive: bool = True) -> Facilitator:
    """Return the tools for a workshop of 60, 75, 90 or 120 minutes.

    `alive=False` is for a batch run: no buttons, and no file is written.

    Raises
    ------
    InputError
        For any other length, or another language.
    """
    w = Words(lang)
    speak_plainly(w)
    accept(w)
    return Facilitator(w, minutes, home(), alive=alive)


class Facilitator:
    """A facilitator's tools in the notebook."""

    def __init__(self, w: Words, minutes: int, home: Path, *, alive: bool = True) -> None:
        self.w, self.minutes, self.home, self.alive = w, minutes, home, alive
        self.slots = timetable(minutes)

    def guide(self) -> Panel:
        """Show the timetable; each block unfolds to what is said, shown and done."""
        return Panel(self.w, self._guide, alive=False)

    def _guide(self) -> str:
        w = self.w
        listed = "".join(f"<li>{escape(line)}</li>" for line in before(w))
        said = [markup.fold(w("Before the day"), f"<ul>{listed}</ul>")]
        for slot in self.slots:
            block = slot.block
            rows = [
                (w("Say"), w.text(block.say)),
                (w("Show"), w.text(block.show)),
                (w("They do"), w.text(block.do)),
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
        }

    def sheets(self) -> Panel:
        """Write guide, worksheet and cards as pages to print, for A4 and Letter."""
        return Panel(self.w, self._sheets, alive=False)

    def _sheets(self) -> str:
        w, folder = self.w, self.home / PRINTS
        pages = {f"guide-{self.minutes}-{w.lang}.html": guide_page(self.minutes, w)}
        pages |= {f"sheets-{p.lower()}-{w.lang}.html": paper_page(w, p) for p in PAPERS}
        if self.alive:
            _make(folder)
            for name, html in pages.items():
                put(folder / name, html)
        said = w("To print: {files}, in {folder}.", files=w.list(pages), folder=str(folder))
        return markup.line(said, "good")

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
