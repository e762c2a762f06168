"""The sections of a lesson: one method per section, each returning a panel for the page.

The sections that every case has are here; those of a single case are methods of its own `Lesson`,
in that case's folder.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from workbook.errors import InputError, fault
from workbook.lesson import reveal, views
from workbook.lesson.comparisons import fork_of, sweep
from workbook.lesson.gated import Gated
from workbook.lesson.panel import Panel
from workbook.lesson.rehearsal.of_case import rehearsal_of
from workbook.lesson.syllabus import ExercisePanel


class Lesson(Gated):
    """A case, opened for a learner in their language."""

    def situation(self) -> Panel:
        """The chain, the runway, and the sources of the figures."""
        return self.followed("situation", self._situation)

    figures_first = False
    """Whether the list of figures gives nothing away, so that it is open before the bet."""

    def _situation(self) -> str:
        with_figures = self.figures_first or self.batch or self.main_bet is not None
        return views.situation(self.case, self.w, figures=with_figures)

    def rehearse(self, moves: str = "", *, again: bool = False) -> Panel:
        """One life of this case in which you decide; `again` at the end of the notebook.

        `moves` is a rehearsal that was recorded: the line of `workbook rehearse`. It is shown, with
        its debrief once the bet is placed, and not kept.
        """
        panel = rehearsal_of(self, moves, again=again)
        self._keep("rehearsal", panel)
        return panel

    def many(self) -> Panel:
        """A hundred runs, and the cash week by week."""
        return self.open(
            "many",
            lambda: views.many(self.case, self.plays, self.choices, self.w),
            fork=self.syllabus.fork,
            whose=lambda: self.choices,
        )

    def options(self, fork: str | None = None) -> Panel:
        """The options of a fork compared, and what that says about the bet."""
        at = fork or self.syllabus.fork
        return self.behind_bet(
            f"options-{fork}" if fork else "options",
            lambda: (
                reveal.options(self.case, self.plays, at, self.bet_at(at), self.w)
                + reveal.reason(self.bet_at(at), self.w)
            ),
            at,
        )

    def what_happened(self) -> Panel:
        """What the founder did, and what happened."""
        taken = (self.syllabus.taken, self.syllabus.fork)
        return self.behind_bet(
            "happened",
            lambda: reveal.happened(self.case, self.plays, self.main_bet, taken, self.w),
        )

    def skip(self, milestone: str) -> Panel:
        """The cost of skipping a milestone, including the way back."""
        choices = self.syllabus.skips[milestone]
        return self.open(
            f"skip-{milestone}",
            lambda: reveal.skipped(self.case, self.plays, milestone, choices, self.w),
            fork=self.syllabus.fork,
            whose=lambda: choices,
        )

    def when_wrong(self) -> Panel:
        """Where another option than the founder's would have been better."""
        return self.behind_bet("wrong", self._crossings)

    def _crossings(self) -> str:
        w, plan = self.w, self.case.plan
        fork = fork_of(plan, self.syllabus.fork)
        names = {option.id: w.name(option) for option in fork.options}
        return "".join(
            reveal.crossing(
                self.case,
                sweep(self.plays, fork.id, swept.path, swept.values),
                names,
                w(swept.label),
                partial(swept.say, currency=plan.currency, w=w),
                w,
                drawn=number == 0,
            )
            for number, swept in enumerate(self.syllabus.sweeps)
        )

    def takeaways(self) -> Panel:
        """What to remember, claim by claim."""
        claims = self.syllabus.takeaways
        return self.followed("takeaways", lambda: self._takeaways(claims))

    def _takeaways(self, claims: Sequence[str]) -> str:
        if self.main_bet is None:
            return self._until_bet()
        return reveal.takeaways(claims, self.w)

    def standing_so_far(self) -> Panel:
        """What was done in all cases, and how good the bets were."""
        panel = self._stand(alive=self.alive)
        self._keep("standing", panel)
        return panel

    def exercise(self, id: str) -> ExercisePanel:
        """An exercise of this case; raises InputError for an unknown id."""
        make = self.syllabus.exercises.get(id)
        if make is None:
            allowed = ", ".join(self.syllabus.exercises)
            template = "no exercise '{found}'; there are: {allowed}"
            raise InputError(self.case.id, [fault("exercise", template, found=id, allowed=allowed)])
        self._asked.add(id)
        exercise = make(self.plays, self.w)
        return ExercisePanel(
            self.w,
            exercise,
            self.case.id,
            self.progress,
            answered=lambda: self._refresh(*self.follows(id), "standing"),
            notes=self._notes,
            alive=self.alive,
        )
