"""The facilitator's guide: its text, the timetable of each length, the page and the slides.

The text is in `guide.yaml`, in both languages; here it becomes a timetable for a length of
workshop, minute by minute, a page to read, project or print, and slides without code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from workbook.errors import InputError, fault
from workbook.plan import Bilingual
from workbook.words import Words


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
    remote: Bilingual
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
    """The blocks, the preparations, and by workshop length the minutes of each block.

    `before_remote` is prepared for a video call as well; it takes the place of printing.
    """

    lengths: Mapping[int, Mapping[str, int]]
    before: tuple[Preparation, ...]
    before_remote: tuple[Preparation, ...]
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


def before(w: Words, *, remote: bool = False) -> list[str]:
    """Return the preparations, one line each, with their minutes."""
    tasks = guide().before_remote if remote else guide().before
    return [f"{task.minutes} {w('min')} · {w.text(task.text)}" for task in tasks]


def guide_page(minutes: int, w: Words, *, remote: bool = False) -> str:
    """Return the guide as one printable HTML page, for a room or for a video call."""
    from workbook.workshop.page import render

    return render(
        "guide.html.j2",
        w,
        title=w("A workshop of {minutes} minutes", minutes=minutes),
        finding=w("What to say, what to show, what they do, and what to do if it goes wrong."),
        refresh=0,
        before=before(w, remote=remote),
        remote=remote,
        slots=timetable(minutes),
        text=w.text,
        say={
            "skip": w("Skip to the content"),
            "before": w("Before the day"),
            "minutes": w("min"),
            "say": w("Say"),
            "show": w("Show"),
            "do": w("They do"),
            "remote": w("On a call"),
            "wrong": w("If it goes wrong"),
        },
    )


def slides_page(minutes: int, w: Words) -> str:
    """Return the slides as one page that loads nothing: a block fills the screen, space goes on.

    What `jupyter nbconvert --to slides` makes loads five libraries from the network.
    """
    from workbook.workshop.page import render

    return render(
        "slides.html.j2",
        w,
        title=w("A workshop of {minutes} minutes", minutes=minutes),
        how=w("Space or Page Down goes on, Page Up goes back, F11 fills the screen."),
        refresh=0,
        slots=timetable(minutes),
        text=w.text,
        say={"minutes": w("min"), "say": w("Say")},
    )


def slides(minutes: int, w: Words) -> dict[str, Any]:
    """Return a notebook of slides, one a block, with what to say as notes and without code.

    JupyterLab's presentation mode shows it, and so does `jupyter nbconvert --to slides`.
    """
    cells = [_slide(f"# {w('A workshop of {minutes} minutes', minutes=minutes)}", "slide")]
    for slot in timetable(minutes):
        block, n = slot.block, f"{slot.minutes} {w('min')}"
        cells.append(_slide(f"## {w.text(block.title)}\n\n{w.text(block.do)}\n\n{n}", "slide"))
        wrong = "\n".join(f"- {w.text(x.when)} {w.text(x.then)}" for x in block.wrong)
        cells.append(_slide(f"{slot.clock} {w.text(block.say)}\n\n{wrong}", "notes"))
    numbered = [{**cell, "id": str(n)} for n, cell in enumerate(cells)]
    return {"cells": numbered, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def _slide(text: str, kind: str) -> dict[str, Any]:
    about = {"slideshow": {"slide_type": kind}}
    return {"cell_type": "markdown", "metadata": about, "source": text}
