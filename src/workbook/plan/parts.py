"""What all parts of a plan are made of, and what a change of a part is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model

from workbook.errors import N_
from workbook.plan.key import Key


class Part(BaseModel):
    """A part of a plan: frozen, and an unknown key is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="strings")


class Bilingual(Part):
    """The same words for an English and for a Chinese reader."""

    en: str
    zh: str


Text = str | Bilingual
Signed = Annotated[str, Field(pattern=r"^[+-]\d{1,12}(\.\d+)?$")]
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
    told: Callable[[Key], Key | None],
    signed: bool,
) -> type[AnyPart]:
    """A type with the models' own figures, each optional, to change what these hold.

    Parameters
    ----------
    base
        The type that the new one extends.
    told
        The key as it is described in a change; None leaves it out.
    signed
        Whether `+5` and `-5` may add to what stands there.
    """
    keys: dict[str, Any] = {}
    for model in models:
        hints = get_type_hints(model, include_extras=True)
        for field in model.__annotations__:
            key = key_of(hints[field])
            value = without_key(hints[field])
            new = None if key is None or _holds_a_part(value) else told(key)
            if new is not None:
                kind = (value | Signed if signed else value) | None
                keys[field] = (Annotated[kind, new], None)
    return create_model(name, __base__=base, __module__=base.__module__, **keys)


def _holds_a_part(hint: Any) -> bool:
    members = (hint, *get_args(hint))
    return any(isinstance(member, type) and issubclass(member, Part) for member in members)
