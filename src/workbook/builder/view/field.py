"""A field of the form: one figure of the plan file, its label, its unit, one line that teaches it.

A field's `path` is its place in the plan file, below its milestone or at the top. `when` names a
part that must stand before the field makes sense; `part` is what a tick puts there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbook.plan import STAGES
from workbook.words import N_, Words

WEEKS, MONEY, SHARE = N_("weeks"), "{currency}", "%"


@dataclass(frozen=True)
class Field:
    """One figure: where it stands, what it is called, what it means, how it is entered."""

    path: str
    kind: str
    label: str
    help: str = ""
    unit: str = ""
    slide: tuple[float, float] | None = None
    step: float | None = None
    optional: bool = False
    signed: bool = False
    when: str | None = None
    part: Mapping[str, Any] | None = None
    last: str = ""
    empty: str = ""
    columns: Sequence[Field] = ()
    row: Mapping[str, Any] | None = None

    def spoken(self, w: Words) -> dict[str, Any]:
        """The field as the page reads it, in the words' language."""
        plain = {key: value for key, value in vars(self).items() if value not in (None, "", ())}
        for key in ("label", "help", "last", "empty"):
            if plain.get(key):
                plain[key] = w(plain[key])
        if self.unit and self.unit not in (MONEY, SHARE):
            plain["unit"] = w(self.unit)
        if self.columns:
            plain["columns"] = [column.spoken(w) for column in self.columns]
        if self.path == "stage":
            plain["choices"] = [[stage, w.stage(stage)] for stage in STAGES]
        return plain


@dataclass(frozen=True)
class Group:
    """Fields that belong together; folded away where a beginner does not need them."""

    id: str
    title: str
    fields: Sequence[Field]
    folded: bool = True

    def spoken(self, w: Words) -> dict[str, Any]:
        """The group as the page reads it."""
        return {
            "id": self.id,
            "title": w(self.title) if self.title else "",
            "folded": self.folded,
            "fields": [field.spoken(w) for field in self.fields],
        }
