"""The box that the learner crosses out: it is gone from the page until they put it back.

Answering how much it is worth crosses it out; from then on everything below is played without it,
and the picture above has lost it. The button of the section puts it back, and takes it out again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workbook.lesson import markup
from workbook.lesson.comparisons import Plays
from workbook.lesson.panel import Panel, Render
from workbook.lesson.records import CROSSED_OUT
from workbook.lesson.sections import Lesson
from workbook.lesson.start.exercises import BESIDE, STRIKE
from workbook.plan import Plan
from workbook.play import Gap, goal_gap
from workbook.words import Words


def without(plan: Plan, id: str) -> Plan:
    """Return the plan without a milestone that nothing waits for.

    >>> from workbook.lesson.start import tea_stall
    >>> "brand" in without(tea_stall().plan, "brand").ids
    False
    """
    return plan.model_copy(update={"milestones": tuple(m for m in plan.milestones if m.id != id)})


def figures_without(figures: str) -> str:
    """Return the changed figures of a chain from which the box is crossed out.

    >>> figures_without("cash=12000")
    'cash=12000,crossed-out=1'
    """
    return ",".join(filter(None, (figures, f"{CROSSED_OUT}=1")))


class CrossingOut(Panel):
    """What the box is worth, with a button to put it back; closed until the answer.

    Parameters
    ----------
    is_open
        Whether the question has been answered.
    is_out
        Whether the box is crossed out.
    turn
        Crosses it out, or puts it back.
    """

    def __init__(
        self,
        w: Words,
        render: Render,
        *,
        is_open: Callable[[], bool],
        is_out: Callable[[], bool],
        turn: Callable[[], None],
        alive: bool,
    ) -> None:
        import ipywidgets as widgets

        self.is_open, self.is_out = is_open, is_out
        self.button: Any = widgets.Button()
        self.button.on_click(self.guarded(lambda _: turn()))
        super().__init__(w, render, (self.button,) if alive else (), alive=alive)

    @property
    def live(self) -> Any:
        """The widget; its button comes last, below what is said about the box."""
        fresh = self._live is None
        live = super().live
        if fresh:
            live.children = (
                *(part for part in live.children if part is not self.button),
                self.button,
            )
        return live

    def _render(self) -> None:
        super()._render()
        back, out = self.w("Put it back"), self.w("Cross it out again")
        self.button.description = back if self.is_out() else out
        self.button.layout.display = "" if self.is_open() else "none"


class CrossingLesson(Lesson):
    """A lesson in which a box can be crossed out."""

    def __init__(self, *given: Any, batch: bool = False) -> None:
        super().__init__(*given, batch=batch)
        plan, figures = self.plays.plan, self.records.figures
        self._top = (plan, figures)
        self.whole = Plays(plan, self.plays.runs, self.plays.seed)
        self._follow()

    @property
    def at_top(self) -> tuple[Plan, str]:
        """The plan with all its boxes, as the top of the page shows it."""
        return self._top

    @property
    def crossed_out(self) -> bool:
        """Whether the box is out: decided by the learner; in a batch run once it is asked for."""
        if not self.alive:
            return STRIKE.id in self._asked
        decided = self.progress.decided(self.case.id, STRIKE.id)
        return bool(self.progress.answers(self.case.id, STRIKE.id)) if decided is None else decided

    def _follow(self) -> None:
        """Play on with the box or without it, as it is decided now."""
        plan, figures = self._top
        if BESIDE in plan.ids and self.crossed_out is (BESIDE in self.plays.plan.ids):
            out = self.crossed_out
            now = without(plan, BESIDE) if out else plan
            self.go_on_with(now, figures_without(figures) if out else figures)

    def _turn(self) -> None:
        self.progress.decide(self.case.id, STRIKE.id, not self.crossed_out)
        self._follow()

    def _answered(self, exercise: str) -> None:
        super()._answered(exercise)
        self._follow()

    def _plays_of(self, exercise: str) -> Plays:
        """The question about the box is asked of the chain with it; its reply therefore stays."""
        return self.whole if exercise == STRIKE.id else self.plays

    def exercise(self, id: str) -> Any:
        """An exercise; in a batch run the question about the box crosses it out."""
        panel = super().exercise(id)
        self._follow()
        return panel

    def bet(self, fork: str | None = None, recorded: tuple[str, float] = ("", 0)) -> Panel:
        """A bet at a fork, with its confidence; a recorded one makes this a batch run."""
        panel = super().bet(fork, recorded)
        self._follow()
        return panel

    def _worth(self) -> Gap:
        """The gap between the chain with the box and the chain without it, as written."""
        bare = without(self._top[0], BESIDE)
        return goal_gap(self.whole.play(), self.whole.play(plan=bare))

    def _crossing_out(self, render: Callable[[], str]) -> Panel:
        panel = CrossingOut(
            self.w,
            lambda: self._opened("path", render, None),
            is_open=lambda: not self._unanswered("path"),
            is_out=lambda: self.crossed_out,
            turn=self._turn,
            alive=self.alive,
        )
        self._keep("path", panel)
        return panel

    def _is_out_said(self) -> str:
        w, name = self.w, self.w.name(self._top[0].milestone(BESIDE))
        if self.crossed_out:
            said = w(
                "“{milestone}” is crossed out. From here on the page is played without it, until "
                "you put it back.",
                milestone=name,
            )
        else:
            said = w("“{milestone}” is in the chain, and is paid for.", milestone=name)
        return markup.line(said, "good" if self.crossed_out else "note")
