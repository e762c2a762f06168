"""When to draw: thirty changes make five drawings at most, and the last value is drawn."""

from __future__ import annotations

import heapq

import pytest

from workbook.builder.throttle import FEWEST_LIVES, LIVES, QUICK, Throttle
from workbook.builder.view import callbacks
from workbook.builder.view.callbacks import report_errors
from workbook.errors import InputError, Message, WorkError, fault


class Loop:
    """A clock that moves only when something is due, and the timers that it rings."""

    def __init__(self, drawing: float) -> None:
        self.now, self.drawing = 0.0, drawing
        self.timers: list[tuple[float, int]] = []
        self.drawn: list[int] = []
        self.throttle = Throttle(lambda: self.now)

    def ask(self, revision: int) -> None:
        self._later(self.throttle.ask(revision))

    def _later(self, wait: float | None) -> None:
        if wait is not None:
            heapq.heappush(self.timers, (self.now + wait, len(self.drawn)))

    def until(self, moment: float) -> None:
        while self.timers and self.timers[0][0] <= moment:
            self.now = max(self.now, heapq.heappop(self.timers)[0])
            revision = self.throttle.start()
            if revision is not None:
                self.now += self.drawing
                self.drawn.append(revision)
                self._later(self.throttle.done(revision))
        self.now = max(self.now, moment)


@pytest.mark.parametrize("drawing", [0.0, 0.03, 0.2, 1.0])
def test_thirty_changes_in_two_seconds_make_five_drawings_at_most(drawing):
    """The first is drawn at once, the last one always, and a slow drawing never queues up."""
    loop = Loop(drawing)
    for revision in range(1, 31):
        loop.until((revision - 1) * 2 / 30)
        loop.ask(revision)
    loop.until(20.0)
    assert loop.drawn[0] == 1
    assert loop.drawn[-1] == 30
    assert len(loop.drawn) <= 5


def test_a_single_change_is_drawn_at_once():
    """After a rest nobody waits; a revision that is drawn is not drawn again."""
    loop = Loop(0.03)
    loop.ask(1)
    loop.until(0.0)
    loop.ask(1)
    loop.until(5.0)
    loop.ask(2)
    loop.until(5.0)
    assert loop.drawn == [1, 2]


def test_a_slow_plan_is_drawn_the_quick_way_for_a_while():
    """After one slow drawing it is simulated, after two with fewer lives, and later tried again."""
    loop = Loop(1.0)
    assert not loop.throttle.slow
    for revision in (1, 2, 3, 4, 5):
        loop.ask(revision)
        loop.until(10.0 * revision)
    assert loop.throttle.slow
    assert loop.throttle.lives == FEWEST_LIVES
    loop.drawing = 0.01
    for revision in range(6, 6 + QUICK):
        loop.ask(revision)
        loop.until(10.0 * revision)
    assert not loop.throttle.slow
    assert loop.throttle.lives == LIVES


def test_an_answer_for_an_older_revision_is_stale():
    """What was worked out for a plan that has changed since is thrown away."""
    throttle = Throttle(lambda: 0.0)
    throttle.ask(3)
    assert throttle.stale(2)
    assert not throttle.stale(3)


def test_a_callback_that_raises_says_one_plain_line(caplog):
    """Ours to mend, the user's, or the disk's: one sentence each, and no error comes out."""
    said: list[Message] = []

    @report_errors(said.append)
    def callback(error: Exception | None) -> str:
        if error:
            raise error
        return "fine"

    assert callback(None) == "fine"
    assert callback(ValueError("deep inside")) is None
    assert callback(InputError("x", [fault("", "a value that is wrong")])) is None
    assert callback(WorkError("the disk is full")) is None
    assert "ValueError" in str(said[0])
    assert "Your plan is safe" in str(said[0])
    assert [str(message) for message in said[1:]] == ["a value that is wrong", "the disk is full"]
    assert "deep inside" in caplog.text


def test_tests_may_ask_for_every_error(monkeypatch):
    """With `strict` what no user can be at fault for is raised as well as said."""
    monkeypatch.setattr(callbacks, "strict", True)
    said: list[Message] = []
    failing = report_errors(said.append)(lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        failing()
    assert said
