"""What a key of the plan file is, described once on its field for every reader of it.

Each field of the plan's types carries a `Key` in its annotation. The builder's form, the columns of
a table, the class file, the table of sources, the JSON Schema, the synonyms of `check` and the
reference in `docs/plan-file.md` are all derived from it; `keys.py` finds it by a key's path.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

Unit = Literal["", "money", "share", "weeks", "hours"]
Flow = Literal["", "in", "out", "hours"]


@dataclass(frozen=True, kw_only=True)
class Given:
    """What differs where a milestone gives a figure: its names, and how the form asks for it."""

    label: str
    ask: str = ""
    help: str | None = None
    step: float | None = None
    example: str = ""
    columns: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Key:
    """A key of the plan file. Texts are English sentences; `words` holds their Chinese.

    Attributes
    ----------
    label
        What it is called in a sentence or a table: "cost of an attempt".
    ask, help, last, empty
        How a form asks for it, one line that explains it, the question about the last similar
        case, and what an empty box means. Without `ask` a form leaves it out.
    unit
        What it is counted in; "" for a plain number or a text.
    slide, step
        Range and step of a slider.
    group, rank, long
        The group of the form (of a part: of all its keys), its place there (keys of one rank keep
        the order of the type), and whether its text takes several lines.
    start
        What stands there when the part around it is begun; without one the least that is allowed.
    synonyms
        Other words that people write for it in a plan file.
    columns
        Names of its column in a table of milestones; the first is the one that is shown.
    flow
        Whether a larger figure brings money in, takes money out, or takes hours.
    limit
        Whether it is an upper limit: where nothing is written, there is none.
    given
        Set where a milestone may give a new value of it; what is then called differently.
    excludes
        Another key of the same part that cannot stand beside it.
    whole
        Whether a sentence names the part as a whole, whichever of its keys is meant.
    example
        A value as it is written in a plan file.
    """

    label: str
    ask: str = ""
    help: str = ""
    last: str = ""
    empty: str = ""
    unit: Unit = ""
    slide: tuple[float, float] | None = None
    step: float | None = None
    group: str = ""
    rank: int = 0
    long: bool = False
    start: Any = None
    synonyms: Sequence[str] = ()
    columns: Sequence[str] = ()
    flow: Flow = ""
    limit: bool = False
    given: Given | None = None
    excludes: str = ""
    whole: bool = False
    example: str = ""

    def when_given(self) -> Key:
        """The same key as a milestone gives it."""
        given = self.given
        assert given is not None
        return replace(
            self,
            label=given.label,
            ask=given.ask or self.ask,
            help=self.help if given.help is None else given.help,
            step=given.step or self.step,
            slide=self.slide if self.unit == "share" else None,
            columns=given.columns,
            example=given.example or self.example,
            group="",
            rank=int(self.flow == "hours"),  # hours after the money
            given=None,
        )

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> Mapping[str, Any]:
        """Give editors the line that explains the key."""
        return {**handler(core), "description": self.help or self.label}
