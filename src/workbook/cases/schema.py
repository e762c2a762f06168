"""The JSON Schema of a plan file, made from the types, so that editors complete its keys.

`python -m workbook.cases.schema` writes `cases/plan.schema.json`. It says what a file may look like
and no more: what must agree with what (ids, cycles) only `read` knows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from workbook.cases.case import CaseFile
from workbook.cases.file import put
from workbook.cases.reading import folder
from workbook.law.ranges import FIGURES, OF_A_WEEK, PAID

DRAFT = "https://json-schema.org/draft/2020-12/schema"
NAME = "plan.schema.json"
PYTHON_ID = r"^\w[\w-]{0,63}$"
FREE_OF_FACTS = ("Fact", "LogEntry")
AROUND = ("title", "default", "description")
WHOLE = ("Bilingual",)  # an option replaces these; its change goes into every other part
# Editors read patterns as JavaScript does, where \\w is ASCII only: signs are excluded instead.
ID = r"^[^\s!-/:-@\[-^`{-~][^\s!-,./:-@\[-^`{-~]{0,63}$"
FACT_NAME: dict[str, Any] = {
    "title": "Fact",
    "description": "The name of a figure under `facts`; in an option `+name` adds it.",
    "type": "string",
    "pattern": r"^[+-]?[^\s!-@\[-^`{-~][^\s!-,./:-@\[-^`{-~]*$",
}
RANGED = ("Sales", "Gives", "Bill", "Funding", "Role")
"""Parts with figures that may have a range, drawn once a life."""
RANGE: dict[str, Any] = {
    "title": "Range",
    "description": "Low, likely, high; drawn once a life.",
    "type": "array",
    "items": {"type": "number"},
    "minItems": 3,
    "maxItems": 3,
}
WEEKLY_RANGE: dict[str, Any] = {
    "title": "Weekly range",
    "description": "Low, likely, high; drawn again each week.",
    "type": "object",
    "properties": {"range": {"$ref": "#/$defs/Range"}, "each": {"const": "week"}},
    "required": ["range", "each"],
    "additionalProperties": False,
}
OF_WHAT_IS_PAID = {name for names in PAID.values() for name in names}
Json = dict[str, Any]


def schema() -> Json:
    """The schema: figures may be the names of facts, an option edits some keys of a milestone."""
    found = CaseFile.model_json_schema(by_alias=True)
    parts: Json = found.pop("$defs")
    _some_keys(parts, "Milestone")
    for name, part in parts.items():
        if name not in FREE_OF_FACTS:
            _figures(part, free=name == "Option" or name.endswith("Edit"))
    option = parts["Option"]["properties"]
    option["milestones"]["patternProperties"] = {ID: {"$ref": "#/$defs/MilestoneEdit"}}
    plan = {"plan": found["properties"].pop("plan")}
    _figures(found, free=False)
    found["properties"] = plan | found["properties"]
    found["title"] = "Plan file"
    for part in (found, *(parts[name] for name in RANGED)):
        _ranges(part)
    parts |= {"FactName": FACT_NAME, "Range": RANGE, "WeeklyRange": WEEKLY_RANGE}
    return {"$schema": DRAFT, **_for_editors(found), "$defs": _for_editors(parts)}


def _for_editors(value: Any) -> Any:
    """The same with ids described so that an editor takes Chinese ones, and no other keys."""
    if isinstance(value, list):
        return [_for_editors(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    found = {ID if key == PYTHON_ID else key: _for_editors(v) for key, v in value.items()}
    if found.get("pattern") == PYTHON_ID:
        found["pattern"] = ID
    return found | ({"additionalProperties": False} if "patternProperties" in found else {})


def _some_keys(parts: Json, name: str) -> str:
    """Add a part of which an option gives the keys that it changes, and the parts inside it."""
    edited = f"{name}Edit"
    if edited not in parts:
        edit = parts[edited] = deepcopy(parts[name])
        edit.pop("required", None)
        edit["properties"].pop("id", None)
        edit["title"] = edited
        edit["description"] = f"Keys of a {name.lower()} that an option changes; `+5` and `-5` add."
        for holder in list(_references(edit)):
            inner = holder["$ref"].rpartition("/")[2]
            if inner not in WHOLE:
                holder["$ref"] = f"#/$defs/{_some_keys(parts, inner)}"
    return edited


def _references(value: Any) -> Iterator[Json]:
    """Every reference to another part below a value."""
    if isinstance(value, dict) and "$ref" in value:
        yield value
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, (dict, list)):
            yield from _references(inner)


def _figures(part: Json, *, free: bool) -> None:
    """Allow a fact in place of each number; `free`: and a sign add to it, whatever its bounds."""
    for holder, key in list(_numbers(part)):
        number = holder[key]
        if free:
            kept = {name: number[name] for name in ("type", *AROUND) if name in number}
            number = {**kept, "type": "number"}
        around = {name: number.pop(name) for name in AROUND if name in number}
        holder[key] = {**around, "anyOf": [number, {"$ref": "#/$defs/FactName"}]}


def _ranges(part: Json) -> None:
    """Allow a range for each figure that may have one."""
    for name, key in part["properties"].items():
        if name in FIGURES or name in OF_WHAT_IS_PAID:
            kinds = key.setdefault("anyOf", [])
            kinds.append({"$ref": "#/$defs/Range"})
            if name in (*OF_A_WEEK, "amount"):
                kinds.append({"$ref": "#/$defs/WeeklyRange"})


def _numbers(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place below a value where a number is described, as its holder and key."""
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in steps:
        if isinstance(inner, dict) and inner.get("type") in ("number", "integer"):
            yield value, key
        elif isinstance(inner, (dict, list)) and key != "default":
            yield from _numbers(inner)


def text() -> str:
    """The schema as the committed file holds it."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    put(folder() / NAME, text())
