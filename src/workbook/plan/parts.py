"""What all parts of a plan are made of: the description of a key, and what a change of a part is.

Each field of the plan's types has a `Key` in its annotation. The builder's form, the columns of
a table, the class file, the table of sources, the JSON Schema, the synonyms of `check` and the
reference in `docs/plan-file.md` are all derived from it; `consistency.described` finds it by path.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model

from workbook.errors import N_
from workbook.figures import Amount, Id

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
        Its value when the part around it is added; without one the least that is allowed.
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
        Another key of the same part that excludes it.
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

    def but(self, **changes: Any) -> Key:
        """The same key with some of its attributes changed."""
        return replace(self, **changes)

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


class Part(BaseModel):
    """A part of a plan: frozen, and an unknown key is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="strings")


class Bilingual(Part):
    """The same words for an English and for a Chinese reader."""

    en: str
    zh: str


Text = str | Bilingual
Signed = Annotated[str, Field(pattern=r"^[+-]\d{1,12}(\.\d+)?$")]
NAME = Key(
    label=N_("name"),
    help=N_("What it is called."),
    synonyms=("title", "label", "名称", "名字", "标题"),
)
ID = Key(label=N_("id"), help=N_("A short name for it."))
MONEY_WORDS = ("money", "sum", "value", "金额")
CHANCE_WORDS = ("probability", "prob", "odds", "概率", "可能性")
BURN_WORDS = ("burn", "burn_rate", "weekly_burn", "expenses", "烧钱", "烧钱速度")
CHAIN_WORDS = ("milestone", "steps", "tasks", "stages", "chain", "里程碑")
GOAL_WORDS = ("target", "aim", "目标")
NewBills = Annotated[
    dict[Id, Amount | Signed],
    Key(
        label=N_("bills of their own"),
        help=N_("New amounts of the plan's bills, by id; `+50` adds, 0 ends one."),
        whole=True,
    ),
]
Note = Annotated[
    Text,
    Key(
        label=N_("note"),
        ask=N_("A note of your own"),
        long=True,
        synonyms=("description", "comment", "remark", "text", "备注", "说明"),
        example="ask the landlord again",
    ),
]
AnyPart = TypeVar("AnyPart", bound=BaseModel)


def key_of(hint: Any) -> Key | None:
    """The key in an annotation; None where there is none."""
    found = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
    return next((one for one in found if isinstance(one, Key)), None)


def without_key(hint: Any) -> Any:
    """An annotation without its key, its constraints kept."""
    if key_of(hint) is None:
        return hint
    bare, *more = get_args(hint)
    kept = tuple(one for one in more if not isinstance(one, Key))
    return Annotated[bare, *kept] if kept else bare


def changes_of(
    name: str,
    base: type[AnyPart],
    *models: type[BaseModel],
    described: Callable[[Key], Key | None],
) -> type[AnyPart]:
    """A type with the models' own figures, each optional, to change what these hold.

    A text `+5` or `-5` adds to the value.

    Parameters
    ----------
    base
        The type that the new one extends.
    described
        The key as it is described in a change; None leaves it out.
    """
    keys: dict[str, Any] = {}
    for model in models:
        hints = get_type_hints(model, include_extras=True)
        for field in model.__annotations__:
            key = key_of(hints[field])
            value = without_key(hints[field])
            new = None if key is None or _holds_a_part(value) else described(key)
            if new is not None:
                keys[field] = (Annotated[value | Signed | None, new], None)
    return create_model(name, __base__=base, __module__=base.__module__, **keys)


def _holds_a_part(hint: Any) -> bool:
    members = (hint, *get_args(hint))
    return any(isinstance(member, type) and issubclass(member, Part) for member in members)
