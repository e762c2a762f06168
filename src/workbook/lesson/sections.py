"""The sections of a lesson: one method per section, each returning a panel for the page.

The sections that every case has are here; those of a single case are methods of its own `Lesson`,
in that case's folder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from workbook.errors import InputError, fault
from workbook.lesson import reveal, views
from workbook.lesson.comparisons import Plays, fork_of, sweep
from workbook.lesson.gated import Gated
from workbook.lesson.panel import Panel
from workbook.lesson.rehearsal.of_case import follow, rehearsal_of
from workbook.lesson.rehearsal.panel import RehearsalPanel
from workbook.lesson.syllabus import Exercise, ExercisePanel
from workbook.plan import Plan


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
        if again and isinstance(panel, RehearsalPanel) and self.alive:
            self._again.append(panel)
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
        """The cost of skipping a milestone on the way bet on, including the way back."""
        around = self.syllabus.skips[milestone]
        return self.open(
            f"skip-{milestone}",
            lambda: reveal.skipped(
                self.case, self.plays, milestone, (self.choices, around), self.w
            ),
            fork=self.syllabus.fork,
            whose=lambda: {**self.choices, **around},
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
        if id not in self.syllabus.exercises:
            allowed = ", ".join(self.syllabus.exercises)
            template = "no exercise '{found}'; there are: {allowed}"
            raise InputError(self.case.id, [fault("exercise", template, found=id, allowed=allowed)])
        self._asked.add(id)
        panel = ExercisePanel(
            self.w,
            self._made(id),
            self.case.id,
            self.progress,
            answered=lambda: self._answered(id),
            notes=self._notes,
            alive=self.alive,
        )
        self._exercises.append(panel)
        return panel

    def _answered(self, exercise: str) -> None:
        self._refresh(*self.follows(exercise), "standing")

    def go_on_with(self, plan: Plan, figures: str) -> None:
        """Go on with another plan, which everything on the page follows at once.

        Bets and guesses are asked for again, because they belong to the plan they were made for.
        """
        self.plays.plan = plan
        self.case = replace(self.case, plan=plan)
        self.records = replace(self.records, figures=figures)
        for again in self._again:
            follow(self, again)
        for asked in self._exercises:
            if self._plays_of(asked.exercise.id) is self.plays:
                asked.ask_of(self._made(asked.exercise.id))
        self._settle()
        self._refresh(*self._panels)

    def _made(self, exercise: str) -> Exercise:
        return self.syllabus.exercises[exercise](self._plays_of(exercise), self.w)

    def _plays_of(self, exercise: str) -> Plays:
        """The plays that an exercise is about: the page's, unless a lesson says otherwise."""
        return self.plays
