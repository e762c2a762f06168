"""Text typed into a box of the form: read by the one reader of amounts, or asked, or refused.

A box knows its place in the plan, and so what is counted there: money, a share, weeks. After each
entry the page shows what was understood; the plan changes only where there is no doubt.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from workbook.amounts import PAGE, Kind, Reading, read, read_date, written
from workbook.amounts.dates import looks_like_a_date
from workbook.amounts.normalise import plain
from workbook.builder.paths import range_on, value_at
from workbook.consistency import Shape
from workbook.consistency.shape import keys_on, kind_at, read_as, shape_on
from workbook.errors import Message
from workbook.law import signed
from workbook.plan import Plan, week_of

GROUPED = 1000
"""From here on a box shows its figure with a comma between the thousands."""
HOURS = Message(
    "Hours of work are kept under “{box}”; the weeks are not used then.",
    {"box": Message(keys_on("milestones.any.hours")[-1].ask)},
)


@dataclass(frozen=True)
class Entry:
    """A text for a place of the plan, as it was understood.

    Attributes
    ----------
    value
        The value for the plan; None takes the figure out.
    notes
        How it was understood, where that is worth saying: "3 months = 13 weeks".
    problem
        Why it was not taken: a question, or what is allowed; None where it was.
    choices
        What the text can mean, where that is several things: each reads without doubt.
    goes_to
        The place that the value belongs to, where it is not the box's own: hours of work typed
        where weeks are asked.
    """

    path: str
    text: str
    value: Any = None
    notes: tuple[Message, ...] = ()
    problem: Message | None = None
    choices: tuple[str, ...] = ()
    goes_to: str = ""


def read_entry(plan: Plan, path: str, text: str) -> Entry:
    """Read what was typed for a place of the plan; `milestones.taste.weeks.0` is its low end."""
    shape = _shape(range_on(plan, path)[0] or path)
    if not text.strip():
        return _empty(plan, path, shape)
    around, _, name = path.rpartition(".")
    if name == "weeks" and plan.counts_hours:
        worked = read(text, "length", several="range")
        if worked.unit == "hours":
            value = _for_the_plan(worked, shape, text)
            return Entry(path, text, value, (HOURS,), goes_to=f"{around}.hours")
    if name in WEEKS and plan.starts and looks_like_a_date(plain(text)):
        return _dated(path, text, plan.starts)
    kind = kind_at(shape)
    style = replace(PAGE, percent=kind == "share", currency=plan.currency)
    reading = read_as(shape, name, text, style)
    if reading.problem is not None:
        choices = tuple(written(choice, kind) for choice in reading.choices)
        return Entry(path, text, problem=reading.problem, choices=choices)
    notes = reading.notes
    if notes and _shows_thousands(plan, path):
        sure = read_as(shape, name, text, replace(style, sure=True))
        notes = sure.notes if sure.value == reading.value else notes
    return Entry(path, text, _for_the_plan(reading, shape, text), notes)


WEEKS = frozenset({"week", "from_week", "by_week", "until_week"})
"""Figures that are a week of the plan, which may be written as a date."""


def _dated(path: str, text: str, starts: str) -> Entry:
    """A date as the week of the plan that it is in."""
    day = read_date(text)
    if isinstance(day, Message):
        return Entry(path, text, problem=day)
    week = week_of(starts, day)
    if week < 1:
        template = "{day} is before the first day of the plan, {starts}"
        return Entry(path, text, problem=Message(template, {"day": str(day), "starts": starts}))
    note = Message("{day} is in week {week}.", {"day": day.isoformat(), "week": str(week)})
    return Entry(path, text, week, (note,))


def read_figure(plan: Plan, text: str, kind: Kind) -> tuple[float | None, Message | None]:
    """A figure that is in no plan yet, as one of the log; or the problem with it."""
    if not text.strip():
        return None, None
    if kind == "weeks" and plan.starts and looks_like_a_date(plain(text)):
        entry = _dated("", text, plan.starts)
        return entry.value, entry.problem
    reading = read(text, kind, replace(PAGE, currency=plan.currency))
    value = None if isinstance(reading.value, tuple) else reading.value
    return value, reading.problem


def _for_the_plan(reading: Reading, shape: Shape, text: str) -> Any:
    """A value as the plan holds it: one with a sign adds, where that is possible."""
    value = reading.value
    if isinstance(value, tuple):
        return list(value)
    adds = value is not None and (value < 0 or plain(text).startswith("+"))
    return signed(value) if shape.signed and value is not None and adds else value


def _shape(path: str) -> Shape:
    """What a path may hold, with the key that describes it; a figure of a range is its own."""
    shapes = shape_on(path)
    key = next((shape.key for shape in reversed(shapes) if shape.key is not None), None)
    return replace(shapes[-1], key=shapes[-1].key or key)


def _shows_thousands(plan: Plan, path: str) -> bool:
    """Whether the box itself shows a comma between thousands: then one typed there is no doubt."""
    now = value_at(plan, path)
    figures = now if isinstance(now, (list, tuple)) else [now]
    return any(isinstance(one, (int, float)) and abs(one) >= GROUPED for one in figures)


def _empty(plan: Plan, path: str, shape: Shape) -> Entry:
    """An empty box takes an optional figure out; elsewhere the plan keeps what it has."""
    if _may_be_empty(path):
        return Entry(path, "")
    now = value_at(plan, path)
    if now is None:
        return Entry(path, "")
    shown = now if isinstance(now, (list, tuple)) else (now,)
    text = " / ".join(written(one, kind_at(shape)) for one in shown)
    template = "Write a number here; it stays at {value} until then."
    return Entry(path, "", problem=Message(template, {"value": text}))


def _may_be_empty(path: str) -> bool:
    """Whether the plan can do without the figure: its key may hold nothing, or its part may go."""
    *around, last = path.split(".")
    if last.isdigit():
        return False
    outer = shape_on(".".join(around))[-1] if around else None
    model = outer.model if outer else Plan
    if model is None:
        return False
    names = {field.alias or name: field for name, field in model.model_fields.items()}
    field = names.get(last)
    return field is not None and not field.is_required() and field.default is None
