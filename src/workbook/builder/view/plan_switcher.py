"""The switcher of plans in the screen: another plan opened, made, copied, renamed, deleted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.builder import plans
from workbook.builder.edits import RefusedError
from workbook.errors import Message

if TYPE_CHECKING:
    from workbook.builder.view.controller import Builder

Detail = Mapping[str, Any]


class PlanSwitcher:
    """The plans next to the one on one builder's canvas."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._deleted = ""

    @property
    def _now(self) -> str:
        return self._builder.store.file.stem

    def ask(self, detail: Detail) -> bool:
        """Carry out what the window of plans asks; `list` only shows them."""
        acts: Mapping[str, Callable[[str, object], Message | None]] = {
            "open": self._open,
            "new": self._new,
            "copy": self._copy,
            "rename": self._rename,
            "delete": self._delete,
            "back": self._back,
        }
        act = acts.get(str(detail.get("act")))
        done: Message | None = None
        try:
            self._builder.keep()
            done = act(str(detail.get("name") or ""), detail.get("to")) if act else None
        except RefusedError as error:
            self.show(error.message)
            return False
        if done is not None:
            self._builder.state.say(done)
        self.show(done)
        return True

    def show(self, done: Message | None = None) -> None:
        """Put the list of plans on the page, with what was just said."""
        w = self._builder.w
        self._builder.screen.plans = {
            "now": self._now,
            "deleted": self._deleted,
            "said": w.message(done) if done else "",
            "plans": [
                {
                    "name": plan.name,
                    "title": w.text(plan.title).strip(),
                    "written": plan.written.astimezone().strftime("%Y-%m-%d %H:%M"),
                }
                for plan in plans.listed()
            ],
        }

    def _open(self, name: str, _: object) -> Message:
        file = plans.named(name)
        if not file.exists():
            raise RefusedError("There is no plan “{name}” any more.", name=file.stem)
        return self._turn(file)

    def _turn(self, file: Path) -> Message:
        self._builder.turn_to(file)
        return Message("“{name}” is on the canvas now.", {"name": file.stem})

    def _new(self, _: str, to: object) -> Message:
        return self._turn(plans.free(to))

    def _copy(self, name: str, to: object) -> Message:
        return self._turn(plans.copy(name, to, self._builder.w))

    def _rename(self, name: str, to: object) -> Message:
        current = name == self._now
        file = plans.rename(name, to)
        if current:
            self._builder.turn_to(file, same=True)
        return Message("The plan is called “{name}” now.", {"name": file.stem})

    def _delete(self, name: str, _: object) -> Message:
        plans.delete(name)
        self._deleted = name
        if name == self._now:
            left = plans.names()
            self._builder.turn_to(plans.named(left[0]) if left else plans.folder() / f"{name}.yaml")
        return Message("The plan “{name}” is deleted; it can be brought back.", {"name": name})

    def _back(self, name: str, _: object) -> Message:
        file = plans.bring_back(name)
        self._deleted = ""
        return self._turn(file)
