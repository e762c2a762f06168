"""When the odds are played: as often as `Throttle` allows; advice is computed when nothing changes.

Each play takes the plan as it is at that moment, so the last value wins. When nothing has changed
for a moment, the plan is played in full: the one answer of a plan at rest. After another moment
advice is computed, a piece at a time; a change ends that.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from time import monotonic
from typing import TYPE_CHECKING

from workbook.builder.advice import Advice, advise
from workbook.builder.answers import Answers, answers, settled
from workbook.builder.asked import Piece
from workbook.builder.throttle import Throttle
from workbook.builder.view import pages
from workbook.builder.view.board import odds_of
from workbook.builder.view.chart_pages import Sight, cash_page
from workbook.outcomes import Outcomes
from workbook.plan import LogEntry
from workbook.play import How

if TYPE_CHECKING:
    from workbook.builder.view.controller import Builder


SETTLE = 0.35
"""Seconds without a change after which the plan is played in full."""
REST = 1.2
"""Further seconds after which advice is worked out: a hand that moves something once a second
does not wait for a piece of it.
"""
BREATH = 0.005
"""Seconds between two tasks or pieces of advice, for others to have their turn."""


def running_loop() -> asyncio.AbstractEventLoop | None:
    """The running event loop: the kernel's; None in a script."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def later(seconds: float, call: Callable[[], object]) -> None:
    """Call after so many seconds on the running loop; at once where there is none."""
    loop = running_loop()
    if loop is None:
        call()
    else:
        loop.call_later(seconds, call)


class Change:
    """What the odds were when the plan was last at rest before its last change."""

    def __init__(self) -> None:
        self._settled: tuple[int, float] | None = None
        self._before: float | None = None

    def before(self, found: Answers, revision: int) -> float | None:
        """The chance of the goal before the change that led to this revision; None for none."""
        goal = found.fates.get("goal")
        if self._settled is not None and revision != self._settled[0]:
            self._before = self._settled[1]
        if goal is None:
            self._settled, self._before = None, None
        elif found.at_rest and (self._settled is None or revision != self._settled[0]):
            self._settled = (revision, goal)
        return self._before


class AnswerScheduler:
    """The plays of one builder: when each is due."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._throttle = Throttle(monotonic, wanted=0, drawn=-1)
        self._advice = Advice()
        self._logged: tuple[LogEntry, ...] | None = None
        self._at_rest = False
        self.sight = Sight()
        self.found: Answers | None = None
        self._shown = 0
        self._change = Change()
        self._advising: Iterator[Advice] | None = None

    def ask(self, revision: int) -> None:
        """The plan has changed: answer at once after a rest, else when the pace allows."""
        wait = self._throttle.ask(revision)
        if wait:
            later(wait, self.answer)
        elif wait is not None:
            self.answer()

    def answer(self) -> None:
        """Play the plan as it is by now, and show what comes of it."""
        with self._builder.lock:
            revision = self._throttle.start()
            if revision is None or self._builder.closed:
                return
            self._builder.report_errors(self._show_odds)(revision)
            wait = self._throttle.done(revision)
            if wait is None:
                later(SETTLE, lambda: self._settle(revision))
            else:
                later(wait, self.answer)

    def _show_odds(self, revision: int) -> None:
        how: How = "simulated" if self._throttle.slow else "auto"
        plan, findings = self._builder.state.plan, self._builder.version.findings
        found = answers(plan, runs=self._throttle.lives, how=how, findings=findings)
        self._show(found, revision)

    @property
    def outcomes(self) -> Outcomes | None:
        """The last play."""
        return self.found.outcomes if self.found else None

    def forget(self) -> None:
        """Begin again with another plan: its odds are no change of those before."""
        self._change = Change()

    def resize(self, pixels: object) -> None:
        """Draw the pictures as wide as the place on the page that they go to."""
        if self.sight.resize(pixels):
            self._again()

    def look(self, view: str, page: str) -> None:
        """Draw the picture of the page that was opened."""
        if self.sight.look(view, page):
            self._again()

    def _again(self) -> None:
        if self.found is not None:
            self._show(self.found, self._shown)
            self._show_advice(self._builder.screen.advice.get("revision", -1))

    def _show(self, found: Answers, revision: int) -> None:
        self._at_rest, self.found, self._shown = found.at_rest, found, revision
        shown = {"revision": revision, "at_rest": found.at_rest}
        nodes = dict(odds_of(found, self._builder.w))
        before = self._change.before(found, revision)
        self._builder.screen.answers = {
            **shown,
            "nodes": nodes,
            **pages.answered(found, self._builder.w, self.sight),
            "odds": pages.odds(found, before, self._builder.w),
        }

    def _settle(self, revision: int) -> None:
        """Nobody has changed anything for a moment: give the one answer of the plan at rest."""
        with self._builder.lock:
            if self._builder.closed or self._throttle.stale(revision):
                return
            if not self._at_rest:
                self._builder.report_errors(self._show_settled)(revision)
        if self._builder.state.plan.log != self._logged:
            self._work(revision, [lambda: self._tell_story(revision)])
        later(REST, lambda: self._rest(revision))

    def _show_settled(self, revision: int) -> None:
        plan, findings = self._builder.state.plan, self._builder.version.findings
        self._show(settled(plan, findings), revision)

    def _tell_story(self, revision: int) -> None:
        """Look back, which plays twice more: when the log has changed, otherwise in the quiet."""
        builder = self._builder
        self._logged = builder.state.plan.log
        builder.screen.story = {
            "revision": revision,
            "pages": pages.history(builder.state.plan, builder.w),
        }

    def _rest(self, revision: int) -> None:
        """Nobody has changed anything for a moment: bring the rest up to date, begin advice."""
        tasks: list[Callable[[], object]] = [
            *self._builder.comparison.readings(),
            self._builder.comparison.update,
            self._builder.refresh,
            lambda: self._begin_advice(revision),
        ]
        if self._builder.screen.story.get("revision") != revision:
            tasks.insert(0, lambda: self._tell_story(revision))
        self._work(revision, tasks)

    def _work(self, revision: int, tasks: Sequence[Callable[[], object]]) -> None:
        """Do one task of a plan at rest; then others have their turn. A change ends it."""
        with self._builder.lock:
            if self._builder.closed or self._throttle.stale(revision):
                return
            self._builder.report_errors(tasks[0])()
        if tasks[1:]:
            later(BREATH, lambda: self._work(revision, tasks[1:]))

    def _begin_advice(self, revision: int) -> None:
        how: How = "simulated" if self._throttle.slow else "auto"
        self._advising = advise(self._builder.state.plan, how=how)
        self._advise(revision)

    def _advise(self, revision: int) -> None:
        """Work out one piece; then others have their turn."""
        with self._builder.lock:
            if self._builder.closed or self._throttle.stale(revision) or self._advising is None:
                return
            found = self._builder.report_errors(self._next)()
            if found is None:
                self._advising = None
                return
            news = found.done or found.pieces != self._advice.pieces
            self._advice = found
            if news:
                self._show_advice(revision)
        loop = running_loop()  # none any more: the kernel goes
        if loop is not None and not found.done:
            loop.call_later(BREATH, lambda: self._advise(revision))

    def _show_advice(self, revision: int) -> None:
        found, builder = self._advice, self._builder
        cash = cash_page(builder.state.plan, found, builder.w, self.sight)
        builder.screen.advice = {
            "revision": revision,
            "pages": [*cash, pages.advised(found, builder.w)],
            "moves": pages.moved(found, builder.w),
            "done": found.done,
        }

    def _next(self) -> Advice | None:
        return next(self._advising, None) if self._advising else None

    def piece(self, n: object) -> Piece | None:
        """A piece of the current advice, by its number; None once the plan has moved on."""
        fresh = self._builder.screen.advice.get("revision") == self._builder.state.revision
        known = range(len(self._advice.pieces))
        return self._advice.pieces[n] if fresh and isinstance(n, int) and n in known else None
