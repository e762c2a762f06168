"""The facilitator's guide, minute by minute, for each length of workshop.

What is said, shown and done stands in `guide.yaml`, in both languages; here it becomes a
timetable, and a page to read, to project or to print.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from workbook.errors import InputError, fault
from workbook.plan import Bilingual
from workbook.words import Words


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Trouble(_Part):
    """What may go wrong, and what then."""

    when: Annotated[Bilingual, Field(alias="if")]
    then: Bilingual


class Block(_Part):
    """A stretch of the workshop."""

    title: Bilingual
    say: Bilingual
    show: Bilingual
    do: Bilingual
    wrong: Annotated[tuple[Trouble, ...], Field(min_length=1)]


class Errand(_Part):
    """Something to do before the day, and the minutes it takes."""

    minutes: Annotated[int, Field(ge=1)]
    en: str
    zh: str

    @property
    def text(self) -> Bilingual:
        """What to do."""
        return Bilingual(en=self.en, zh=self.zh)


class Guide(_Part):
    """Blocks, what to do before the day, and the minutes of each block by the length in minutes."""

    lengths: Mapping[int, Mapping[str, int]]
    before: tuple[Errand, ...]
    blocks: Mapping[str, Block]


@dataclass(frozen=True)
class Slot:
    """A block in the timetable: `begins` and `minutes` in minutes from the start."""

    id: str
    begins: int
    minutes: int
    block: Block

    @property
    def clock(self) -> str:
        """When it begins, as hours and minutes from the start: `0:45`."""
        return f"{self.begins // 60}:{self.begins % 60:02d}"


@cache
def guide() -> Guide:
    """The guide as it is shipped."""
    from ruamel.yaml import YAML

    text = files("workbook.workshop").joinpath("guide.yaml").read_text("utf-8")
    return Guide.model_validate(YAML(typ="safe", pure=True).load(StringIO(text)))


def timetable(minutes: int) -> tuple[Slot, ...]:
    """The slots of a workshop of that length; InputError for a length that there is not."""
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
    """What to do before the day, a line each, with its minutes."""
    return [f"{errand.minutes} {w('min')} · {w.text(errand.text)}" for errand in guide().before]


def guide_page(minutes: int, w: Words) -> str:
    """The guide as one HTML page that prints."""
    from workbook.workshop.page import render

    return render(
        "guide.html.j2",
        w,
        title=w("A workshop of {minutes} minutes", minutes=minutes),
        finding=w("What to say, what to show, what they do, and what then when it goes wrong."),
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
