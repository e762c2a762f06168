"""Opens the builder, and connects the page, the state and the plan file.

A command is carried out at once and the canvas is updated at once; the odds follow when they are
played. Messages and timers may come from two threads of a kernel, so one lock is held while
anything is done. An error in a callback is reported in the line under the canvas.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from threading import RLock
from typing import Any

from workbook import cases
from workbook.builder.entry import Entry
from workbook.builder.paths import in_plain_words
from workbook.builder.plan_store import SECONDS, PlanStore, plan_file
from workbook.builder.plans import NAME
from workbook.builder.state import State, blank
from workbook.builder.view import pages
from workbook.builder.view.answer_scheduler import AnswerScheduler, later
from workbook.builder.view.board import sources_of
from workbook.builder.view.callbacks import PATIENCE, MessageOrder, report_errors
from workbook.builder.view.commands import COMMANDS, KEEP_ENTRY
from workbook.builder.view.comparison import Comparison
from workbook.builder.view.form import form
from workbook.builder.view.import_preview import ImportPreview
from workbook.builder.view.plan_switcher import PlanSwitcher
from workbook.builder.view.rehearse import Rehearse
from workbook.builder.view.screen import Screen
from workbook.builder.view.sentences import spoken
from workbook.builder.view.share import Share
from workbook.builder.view.static import Drawn, static
from workbook.builder.view.version import Version
from workbook.cases import Case
from workbook.errors import InputError, Message, fault
from workbook.injected import accept
from workbook.lesson.panel import ASLEEP, VIEW, Panel, words_of_notebook
from workbook.portable import bundle
from workbook.site.panel import show_on_site
from workbook.words import Words


class Builder(Panel):
    """One chain on one screen.

    Parameters
    ----------
    w
        The words to speak with.
    state, store
        The plan under construction, and the keeper of its file.
    """

    state: State
    store: PlanStore
    preview: ImportPreview
    scheduler: AnswerScheduler
    comparison: Comparison
    rehearse: Rehearse
    share: Share
    plans: PlanSwitcher

    def __init__(self, w: Words, state: State, store: PlanStore) -> None:
        super().__init__(w, self._still)
        self.state = state
        self.store = store
        self.lock = RLock()
        self.report_errors = report_errors(self._say_fault)
        self.closed = self._keeping = False
        self.refused_at = ""
        self._kind, self._acts = "note", list[dict[str, Any]]()
        self._serial = 0
        self._message_order = MessageOrder()
        self._marked: Case | None = None
        self.version = Version.of(state.plan, {}, w)
        self._earlier: dict[Path, State] = {}
        self.preview, self.scheduler = ImportPreview(self), AnswerScheduler(self)
        self.comparison, self.rehearse = Comparison(self), Rehearse(self)
        self.plans, self.share = PlanSwitcher(self), Share(self)
        self.screen = Screen(words=_words(w), heard={})
        self.screen.add_class("wb-live")
        self.screen.on_msg(self.hear)
        self.show()
        self.scheduler.answer()

    # What the page asks

    def hear(self, _: object, content: Mapping[str, Any], buffers: object = None) -> None:
        """Carry out a command of the page when it is its turn, and confirm it to the page."""
        with self.lock:
            for command in self._message_order.take({**content, "buffers": buffers}):
                self._carry_out(command)
            waits = self._message_order.waiting
        if waits:
            later(PATIENCE, self._go_on)

    def _go_on(self) -> None:
        """A command was lost on its way: carry out what waits for it."""
        with self.lock:
            for command in self._message_order.overdue():
                self._carry_out(command)

    def _carry_out(self, content: Mapping[str, Any]) -> None:
        command = COMMANDS.get(str(content.get("do")))
        revision, count = self.state.revision, self.state.said_count
        if str(content.get("do")) not in KEEP_ENTRY:
            self.state.entry = None
        if command is not None and not self.closed:
            done = self.report_errors(command)(self, content)
            if self.state.said_count != count:
                self._judge(content, done)
        self.show()
        if content.get("view"):
            heard = {**self.screen.heard, str(content["view"]): content.get("n")}
            self.screen.heard = heard
        if self.state.revision != revision:
            self._keep_soon()
            self.scheduler.ask(self.state.revision)

    def _judge(self, content: Mapping[str, Any], done: object) -> None:
        """How what was just said is to be shown: a note, a fault, or a question to say yes to."""
        self._kind = "fault" if done is False or done is None else "note"
        self._acts = []
        if done is False and self.state.asks:
            detail = {key: content[key] for key in ("id", "ids") if key in content}
            yes = {"label": self.w("Yes, do it"), "do": content["do"], "detail": detail}
            self._kind, self._acts = "asks", [yes]

    # What the page is shown

    def show(self) -> None:
        """Put the board as it is now on the page."""
        state = self.state
        if state.case is not self._marked:
            self._marked = state.case
            self.screen.sources = sources_of(state.case, self.w)
        self.version = Version.of(state.plan, self.screen.sources, self.w, self.version)
        self._serial += 1
        self.screen.board = {
            **self.version.shown,
            "serial": self._serial,
            "revision": state.revision,
            "selected": state.selected,
            "said": self._said(),
            "entries": self._entries(),
            "named": state.named,
            "can_undo": state.can_undo,
            "can_redo": state.can_redo,
            "kept": self._kept(),
        }

    def _said(self) -> dict[str, Any]:
        text = self.w.message(self.state.said) if self.state.said_count else ""
        count, path = self.state.said_count, self.refused_at
        text = in_plain_words(text, self.state.plan, self.w, path)
        return {"text": text, "kind": self._kind, "count": count, "acts": self._acts, "path": path}

    def _entries(self) -> list[dict[str, Any]]:
        """What was typed last and what could not be read, each to be shown at its box."""
        state = self.state
        last = {} if state.entry is None else {state.entry.path: state.entry}
        return [self._entry(entry) for entry in {**state.unread, **last}.values()]

    def _entry(self, entry: Entry) -> dict[str, Any]:
        problem = self.w.message(entry.problem) if entry.problem else ""
        return {
            "path": entry.path,
            "text": entry.text,
            "notes": [self.w.message(note) for note in entry.notes],
            "problem": in_plain_words(problem, self.state.plan, self.w, entry.path),
            "choices": list(entry.choices),
        }

    def _kept(self) -> dict[str, Any]:
        name, said = self.store.file.name, self.store.said
        kept: dict[str, Any] = {"file": str(self.store.file), "kind": "note"}
        if said is None:
            return {**kept, "text": self.w("Kept in {file}", file=name)}
        kept |= {"text": self.w.message(said), "kind": "fault", "acts": []}
        if self.store.status in ("elsewhere", "broken"):
            kept["acts"] = [
                {"label": self.w("Load the other version"), "do": "theirs"},
                {"label": self.w("Write mine over it"), "do": "mine"},
            ]
        return kept

    def _say_fault(self, message: Message) -> None:
        self.state.say(message)
        self._kind, self._acts = "fault", []
        self.show()

    # The file

    def _keep_soon(self) -> None:
        if not self._keeping:
            self._keeping = True
            later(SECONDS, self.keep)

    def keep(self) -> None:
        """Write the plan to its file, and say so where it cannot be."""
        with self.lock:
            self._keeping = False
            if self.closed:
                return
            before = self.store.said
            self.report_errors(self.store.keep)(self.state.plan, self.state.case)
            if self.store.said != before:
                self.show()

    def take_theirs(self) -> bool:
        """Show the other version; ours is kept among the versions, and undo brings it back."""
        theirs = self.store.theirs()
        message = Message("The other version is on the canvas now.")
        return theirs is not None and self.state.replace(theirs, message, self.store.case)

    def keep_mine(self) -> bool:
        """Write our version over the file; theirs is kept among the versions."""
        return self.store.overwrite(self.state.plan, self.state.case)

    def turn_to(self, file: Path, *, same: bool = False) -> None:
        """Put another plan on the canvas, with its own steps; `same` if it was only renamed."""
        self.keep()
        before = self.state
        if _open.get(self.store.file) is self:
            del _open[self.store.file]
        if file in _open:
            _open.pop(file).close()
        _open[file] = self
        self._earlier[self.store.file] = before
        self.store, plan = PlanStore.open(file, lambda: blank(file.stem))
        kept = before if same else self._earlier.pop(file, None)
        fresh = kept is None or kept.plan.model_copy(update={"id": plan.id}) != plan
        self.state = State(plan, self.store.case) if kept is None or fresh else kept
        self.state.revision = before.revision + 1
        self.state.said_count = before.said_count
        self.comparison.forget()
        self.scheduler.forget()
        self.rehearse.forget()
        self.refresh()

    def close(self) -> None:
        """Write what is not written yet, and let go of the file."""
        with self.lock:
            if self._keeping:
                self.keep()
            self.closed = True

    # The page without a kernel

    def _still(self) -> str:
        drawn = Drawn(self.state.plan, self.scheduler.outcomes, self.version.positions)
        shown = dict(self.screen.answers)
        if self.scheduler.found is not None:
            shown |= pages.answered(self.scheduler.found, self.w)  # every picture, open or not
        return static(drawn, self.screen.board, shown, self.w)

    @property
    def live(self) -> Any:
        """The widget."""
        return self.screen

    def _ipython_display_(self) -> None:
        from IPython import display

        show: Any = display.display  # IPython gives it no types
        self._handle = show(self._repr_mimebundle_(), raw=True, display_id=True)
        live: Any = self.screen._repr_mimebundle_()
        live = live[0] if isinstance(live, tuple) else live
        show({VIEW: live[VIEW], "text/html": ASLEEP, "text/plain": ""}, raw=True)

    def refresh(self) -> None:
        """Write the page as it is into the half that stays without a kernel."""
        self.html = self.render()
        if self._handle is not None:
            self._handle.update(bundle(self.still()), raw=True)


def _words(w: Words) -> dict[str, Any]:
    """Everything that the page says, whatever the plan."""
    known = [
        {"id": id, "title": w.text(cases.load(id).plan.title), "example": id in cases.examples()}
        for id in cases.known()
    ]
    words = {"lang": w.lang, "html_lang": w.html_lang, "form": form(w), "cases": known}
    return {**words, "sentences": spoken(w)}


_open: dict[Path, Builder] = {}
"""The screen of each file in this kernel: opened again, the old one lets go of it."""


def open_builder(lang: str = "en", name: str = "my-chain") -> Builder:
    """Open the screen on which you build your own chain.

    Parameters
    ----------
    lang
        `en` or `zh`.
    name
        The plan's name: it is kept in `plans/<name>.yaml` with the rest of your work.

    Raises
    ------
    InputError
        An unknown language, or a name that no file can have.
    """
    w = words_of_notebook(lang)
    accept(w)
    if not NAME.fullmatch(str(name)):
        template = "'{found}' is no name for a plan; use letters, digits and hyphens, 64 at most"
        raise InputError("open_builder", [fault("name", template, found=str(name)[:80])])
    show_on_site(w)
    file = plan_file(name)
    if file in _open:
        _open.pop(file).close()
    store, plan = PlanStore.open(file, lambda: blank(name))
    _open[file] = Builder(w, State(plan, store.case), store)
    return _open[file]
