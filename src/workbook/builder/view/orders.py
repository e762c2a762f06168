"""What the page may ask for. Each order is a call on the state; nothing else gets through.

An order comes as a message `{"do": name, …}` from a page that anybody may have tampered with: its
values are checked where they are used, and an order of another name is not heard.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from workbook.amounts import Kind
from workbook.builder.entry import read_figure
from workbook.consistency.names import one_line
from workbook.errors import Message

if TYPE_CHECKING:
    from workbook.builder.view.desk import Builder

Detail = Mapping[str, Any]
Order = Callable[["Builder", Detail], object]


def _text(detail: Detail, key: str) -> str:
    return str(detail.get(key) or "")


def _place(detail: Detail, key: str) -> int:
    """A place in a list; -1 for what is none."""
    found = detail.get(key)
    return found if isinstance(found, int) else -1


def _beside(desk: Builder, detail: Detail, key: str) -> str | None:
    """A milestone to stand beside; "@" is the one selected: what was added just before."""
    found = detail.get(key)
    return (desk.state.selected or None) if found == "@" else found or None


def _add(desk: Builder, detail: Detail) -> bool:
    after, before = (_beside(desk, detail, key) for key in ("after", "before"))
    return desk.state.add(_text(detail, "name"), after, before=before)


def _set(desk: Builder, detail: Detail) -> bool:
    path, value = _text(detail, "path"), detail.get("value")
    done = desk.state.set(path, value, drag=bool(detail.get("drag")))
    desk.refused_at = "" if done else path
    return done


def _enter(desk: Builder, detail: Detail) -> bool:
    """Take what was typed into a box, as text: nothing of the page reads numbers."""
    path, text = _text(detail, "path"), _text(detail, "text")
    way = desk.state.enter_last if detail.get("last") else desk.state.enter
    done = way(path, text)
    desk.refused_at = "" if done else path
    return done


def _select(desk: Builder, detail: Detail) -> None:
    id = _text(detail, "id")
    desk.state.selected = id if id in desk.state.plan.ids else ""


def _log(desk: Builder, detail: Detail) -> bool:
    kinds: Mapping[str, Kind] = {"week": "weeks", "cash": "money"}
    read = {key: read_figure(desk.state.plan, _text(detail, key), kinds[key]) for key in kinds}
    desk.refused_at = next((f"log.{key}" for key, (_, trouble) in read.items() if trouble), "")
    for _, trouble in read.values():
        if trouble is not None:
            desk.state.say(trouble)
            return False
    done = desk.state.log(
        detail.get("milestone") or None,
        detail.get("result") or None,
        read["week"][0],
        read["cash"][0],
        one_line(_text(detail, "note")),
    )
    desk.refused_at = "" if done else "log"
    return done


def _advice(desk: Builder, detail: Detail) -> object:
    """Take a piece of advice that was worked out for the plan as it stands."""
    piece = desk.rounds.piece(detail.get("piece"))
    if piece is None or piece.plan is None:
        desk.state.say(Message("The plan has changed since; look again in a moment."))
        return False
    return desk.state.replace(piece.plan, Message("Taken: {what}", {"what": piece.message}))


KEEP_ENTRY = frozenset({"enter", "settle", "select", "look"})
"""Orders after which what was said of the last entry still holds."""

ORDERS: Mapping[str, Order] = {
    "add": _add,
    "rename": lambda desk, d: desk.state.rename(_text(d, "id"), _text(d, "name")),
    "move": lambda desk, d: desk.state.move(_text(d, "id"), d.get("before") or None),
    "link": lambda desk, d: desk.state.link(_text(d, "first"), _text(d, "then")),
    "unlink": lambda desk, d: desk.state.unlink(_text(d, "first"), _text(d, "then")),
    "delete": lambda desk, d: desk.state.delete(_text(d, "id")),
    "goal": lambda desk, d: desk.state.goal_is(_text(d, "id")),
    "choose": lambda desk, d: desk.state.choose(_text(d, "fork"), d.get("option") or None),
    "leave_out": lambda desk, d: desk.state.leave_out(_text(d, "id"), bool(d.get("out"))),
    "set": _set,
    "enter": _enter,
    "settle": lambda desk, _: desk.state.settle(),
    "select": _select,
    "undo": lambda desk, _: desk.state.undo(),
    "redo": lambda desk, _: desk.state.redo(),
    "clear": lambda desk, _: desk.state.clear(),
    "log": _log,
    "forget": lambda desk, d: desk.state.forget(_place(d, "position")),
    "decide": lambda desk, d: desk.state.decide(d.get("decision", ""), _text(d, "note")),
    "advice": _advice,
    "compare": lambda desk, d: desk.comparing.compare(_text(d, "a"), _text(d, "b")),
    "offer": lambda desk, d: desk.offers.read(d),
    "take": lambda desk, d: desk.offers.take(d.get("offer")),
    "look": lambda desk, _: desk.shelf.look(),
    "theirs": lambda desk, _: desk.take_theirs(),
    "mine": lambda desk, _: desk.keep_mine(),
}
