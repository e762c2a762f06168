"""What the page may ask for. Each command is a call on the state; nothing else gets through.

A command comes as a message `{"do": name, …}` from a page that may have been tampered with: its
values are checked where they are used, and a command of another name is ignored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from workbook.amounts import Kind
from workbook.builder.blocks import block_of, texts_of
from workbook.builder.counts import Counted, countable
from workbook.builder.entry import read_figure
from workbook.builder.rows import rows_of
from workbook.consistency.faults import one_line
from workbook.errors import Message
from workbook.plan import Plan

if TYPE_CHECKING:
    from workbook.builder.view.controller import Builder

Detail = Mapping[str, Any]
Command = Callable[["Builder", Detail], object]


def _text(detail: Detail, key: str) -> str:
    return str(detail.get(key) or "")


def _place(detail: Detail, key: str) -> int:
    """A place in a list; -1 for anything else."""
    found = detail.get(key)
    return found if isinstance(found, int) else -1


def _ids(detail: Detail) -> list[str]:
    """The milestones that a command is about: several, or the one that it names."""
    found = detail.get("ids")
    if isinstance(found, list) and found:
        return [str(id) for id in dict.fromkeys(found)]
    return [_text(detail, "id")]


def _weeks(detail: Detail) -> dict[str, object]:
    """The week of each milestone, by its id."""
    found = detail.get("weeks")
    return {str(id): week for id, week in found.items()} if isinstance(found, Mapping) else {}


def _beside(builder: Builder, detail: Detail, key: str) -> str | None:
    """The neighbour of the new milestone; "@" is the one selected: what was added just before."""
    found = detail.get(key)
    return (builder.state.selected or None) if found == "@" else found or None


def _add(builder: Builder, detail: Detail) -> bool:
    after, before = (_beside(builder, detail, key) for key in ("after", "before"))
    branch = bool(detail.get("branch"))
    return builder.state.add(_text(detail, "name"), after, before=before, branch=branch)


def _set(builder: Builder, detail: Detail) -> bool:
    path, value = _text(detail, "path"), detail.get("value")
    done = builder.state.set(path, value, drag=bool(detail.get("drag")))
    builder.refused_at = "" if done else path
    return done


def _enter(builder: Builder, detail: Detail) -> bool:
    """Take what was typed into a box, as text: nothing of the page reads numbers."""
    path, text = _text(detail, "path"), _text(detail, "text")
    way = builder.state.enter_last if detail.get("last") else builder.state.enter
    done = way(path, text)
    builder.refused_at = "" if done else path
    return done


def _select(builder: Builder, detail: Detail) -> None:
    id = _text(detail, "id")
    builder.state.selected = id if id in builder.state.plan.ids else ""


def _log(builder: Builder, detail: Detail) -> bool:
    kinds: Mapping[str, Kind] = {
        **{"week": "weeks", "cash": "money", "customers": "number"},
        **{"counted": _counted_kind(builder.state.plan, detail), "of": "number"},
    }
    read = {key: read_figure(builder.state.plan, _text(detail, key), kinds[key]) for key in kinds}
    builder.refused_at = next((f"log.{key}" for key, (_, problem) in read.items() if problem), "")
    for _, problem in read.values():
        if problem is not None:
            builder.state.say(problem)
            return False
    done = builder.state.log(
        detail.get("milestone") or None,
        detail.get("result") or None,
        read["week"][0],
        read["cash"][0],
        one_line(_text(detail, "note")),
        Counted(read["customers"][0], _text(detail, "figure"), read["counted"][0], read["of"][0]),
    )
    builder.refused_at = "" if done else "log"
    return done


def _counted_kind(plan: Plan, detail: Detail) -> Kind:
    """Money where that is counted of the figure, else a number."""
    units = {one.figure: one.unit for one in countable(plan)}
    return "money" if units.get(_text(detail, "figure")) == "money" else "number"


def _advice(builder: Builder, detail: Detail) -> object:
    """Take a piece of advice that was worked out for the plan as it stands."""
    piece = builder.scheduler.piece(detail.get("piece"))
    if piece is None or piece.plan is None:
        builder.state.say(Message("The plan has changed since; look again in a moment."))
        return False
    return builder.state.replace(piece.plan, Message("Taken: {what}", {"what": piece.message}))


KEEP_ENTRY = frozenset({"enter", "settle", "select", "look", "rehearse", "size", "open", "plans"})
"""Commands after which what was said of the last entry still holds."""

COMMANDS: Mapping[str, Command] = {
    "add": _add,
    "rows": lambda builder, d: builder.state.write_rows(
        rows_of(d.get("rows")), texts_of(d.get("order"))
    ),
    "block": lambda builder, d: builder.state.write_block(block_of(d)),
    "rename": lambda builder, d: builder.state.rename(_text(d, "id"), _text(d, "name")),
    "move": lambda builder, d: builder.state.move_all(_ids(d), d.get("before") or None),
    "begin": lambda builder, d: builder.state.begin_all(_weeks(d)),
    "link": lambda builder, d: builder.state.link(_text(d, "first"), _text(d, "then")),
    "unlink": lambda builder, d: builder.state.unlink(_text(d, "first"), _text(d, "then")),
    "delete": lambda builder, d: builder.state.delete_all(_ids(d)),
    "paste": lambda builder, d: builder.state.paste(d.get("parts"), d.get("after") or None),
    "doubt": lambda builder, d: builder.state.doubt(_text(d, "id")),
    "goal": lambda builder, d: builder.state.goal_is(_text(d, "id")),
    "choose": lambda builder, d: builder.state.choose(_text(d, "fork"), d.get("option") or None),
    "what_if": lambda builder, d: builder.state.what_if(d.get("milestone") or None),
    "leave_out": lambda builder, d: builder.state.leave_out_all(_ids(d), bool(d.get("out"))),
    "set": _set,
    "enter": _enter,
    "settle": lambda builder, _: builder.state.settle(),
    "select": _select,
    "undo": lambda builder, _: builder.state.undo(),
    "redo": lambda builder, _: builder.state.redo(),
    "clear": lambda builder, _: builder.state.clear(),
    "log": _log,
    "forget": lambda builder, d: builder.state.forget(_place(d, "position")),
    "decide": lambda builder, d: builder.state.decide(d.get("decision", ""), _text(d, "note")),
    "advice": _advice,
    "compare": lambda builder, d: builder.comparison.compare(_text(d, "a"), _text(d, "b")),
    "sides": lambda builder, d: builder.comparison.side_by_side(_ids(d)),
    "keep_as": lambda builder, d: builder.comparison.keep_as(_text(d, "name")),
    "version": lambda builder, d: builder.comparison.take(_text(d, "id")),
    "rehearse": lambda builder, d: builder.rehearse.ask(d.get("asked")),
    "share": lambda builder, d: builder.share.make(_text(d, "kind")),
    "preview": lambda builder, d: builder.preview.read(d),
    "take": lambda builder, d: builder.preview.take(d.get("preview")),
    "plans": lambda builder, d: builder.plans.ask(d),
    "size": lambda builder, d: builder.scheduler.resize(d.get("width")),
    "open": lambda builder, d: builder.scheduler.look(_text(d, "view"), _text(d, "page")),
    "look": lambda builder, _: builder.store.look(),
    "theirs": lambda builder, _: builder.take_theirs(),
    "mine": lambda builder, _: builder.keep_mine(),
}
