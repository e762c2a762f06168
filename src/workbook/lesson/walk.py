"""The walk through a case: one method a section, each giving a panel for the page.

What every case shows is here; what only one can show is a method of its own `Lesson`, in the room
of that case. What lies behind the bet stays closed until one is
placed, and opens by itself when it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from workbook.cases import Case
from workbook.errors import InputError, fault
from workbook.lesson import markup, reveal, views
from workbook.lesson.afterwards import afterwards
from workbook.lesson.bet import BetPanel, recorded_bet
from workbook.lesson.comparisons import share_right, sweep
from workbook.lesson.exercise import ExercisePanel
from workbook.lesson.guess import GuessPanel
from workbook.lesson.panel import Panel
from workbook.lesson.plays import Choices, Plays, fork_of
from workbook.lesson.progress import Bet
from workbook.lesson.records import Records
from workbook.lesson.syllabus import Syllabus
from workbook.plan import Fork
from workbook.words import Words


class Lesson:
    """A case, opened for a learner in their language."""

    def __init__(
        self,
        case: Case,
        syllabus: Syllabus,
        plays: Plays,
        w: Words,
        records: Records,
        stand: Callable[..., Panel],
    ) -> None:
        self.case, self.syllabus, self.plays = case, syllabus, plays
        self.w, self.records, self.progress = w, records, records.progress
        self._stand = stand
        self.batch = False
        self._recorded: dict[str, Bet] = {}
        self._panels: dict[str, Panel] = {}

    # The bet

    @property
    def alive(self) -> bool:
        """Whether there is someone to play with; a recorded bet means a batch run."""
        return not (self.batch or self._recorded)

    @property
    def standing(self) -> Bet | None:
        """The bet that stands at the fork of this case."""
        return self.standing_at(self.syllabus.fork)

    def standing_at(self, fork: str) -> Bet | None:
        """The bet that stands at a fork: the one recorded for this run, else the learner's own."""
        if not self.alive:
            return self._recorded.get(fork)
        bet = self.records.bet(fork)
        return bet if bet and bet.choice in self._options_of(fork) else None

    def _options_of(self, fork: str) -> tuple[str, ...]:
        return tuple(option.id for option in fork_of(self.case.plan, fork).options)

    @property
    def choices(self) -> Choices:
        """The way of the bet that stands; the plan as written while there is none."""
        bet = self.standing
        return {self.syllabus.fork: bet.choice} if bet else {}

    def bet(self, fork: str | None = None, recorded: tuple[str, float] = ("", 0)) -> Panel:
        """The bet at a fork (left out, that of the case), with its confidence.

        `recorded` is a choice and a confidence in percent that a batch run brings along: it holds
        for this run only and is not written into the learner's progress. An empty choice is none.
        """
        found = fork_of(self.case.plan, fork or self.syllabus.fork)
        records, options = self.records, self._options_of(found.id)
        if recorded[0]:
            self._recorded[found.id] = recorded_bet(recorded, options)
        return BetPanel(
            self.w,
            found,
            self.case.plan,
            read=lambda: self.standing_at(found.id),
            settled=lambda: not self.alive or records.shown(found.id),
            place=lambda bet: records.place(found.id, bet, options),
            opens=lambda: self._refresh(*self._panels),
            notes=self._notes,
            beside=lambda: self._bets_beside(found) if self.alive else "",
            alive=self.alive,
        )

    def _bets_beside(self, fork: Fork) -> str:
        names = {option.id: self.w.name(option) for option in fork.options}
        return self.records.bets_beside(fork.id, names, self.case.plan.currency, self.w)

    def _notes(self) -> str:
        return "\n".join(map(self.w.message, self.progress.notes))

    def guess(self, section: str) -> Panel:
        """An interval for the number that this section shows, which is closed until it stands."""
        if section not in self.syllabus.guesses:
            allowed = ", ".join(self.syllabus.guesses) or "-"
            template = "no guess '{found}'; there are: {allowed}"
            raise InputError(
                self.case.id, [fault("guess", template, found=section, allowed=allowed)]
            )
        asked, records, currency = (
            self.syllabus.guesses[section],
            self.records,
            self.case.plan.currency,
        )
        return GuessPanel(
            self.w,
            asked,
            currency,
            read=lambda: records.guess(section) if self.alive else None,
            came=lambda: records.came(section),
            place=lambda guess: records.place_guess(section, guess),
            opens=lambda: self._refresh(section, "standing"),
            notes=self._notes,
            beside=lambda: (
                records.guesses_beside(section, asked.scale, currency, self.w) if self.alive else ""
            ),
            alive=self.alive,
        )

    def open(
        self,
        name: str,
        render: Callable[[], str],
        controls: tuple[Any, ...] = (),
        *,
        fork: str | None = None,
        whose: Callable[[], Choices] | None = None,
    ) -> Panel:
        """A panel that follows the bet, with what is to be said of its result below it.

        It is closed until its number is guessed, where one is asked, and until the bet at `fork` is
        placed, where one is named. `whose` are the choices with which the lives shown are lived.
        """
        said = (lambda: render() + self._whose(whose())) if whose else render
        shown = partial(self._opened, name, said, fork)
        panel = Panel(self.w, shown, controls, alive=self.alive)
        self._panels[name] = panel
        return panel

    def _whose(self, choices: Choices) -> str:
        w, names = self.w, []
        for id, choice in choices.items():
            options = {option.id: w.name(option) for option in fork_of(self.case.plan, id).options}
            names.append(w("“{choice}”", choice=options.get(choice, choice)))
        if names:
            return markup.small(w("Whose lives: those who choose {names}.", names=w.list(names)))
        return markup.small(w("Whose lives: those who go on as written at every fork."))

    def _until_bet(self) -> str:
        said = self.w("Closed until you have placed your bet above; then it opens by itself.")
        return markup.line(said)

    def _opened(self, name: str, render: Callable[[], str], fork: str | None) -> str:
        if fork is not None and self.standing_at(fork) is None:
            return self._until_bet()
        return self._guessed(name, lambda: render() + afterwards(self.case.id, name, self.w))

    def _guessed(self, name: str, render: Callable[[], str]) -> str:
        asked = self.syllabus.guesses.get(name)
        if asked is None or not self.alive:
            return render()
        if self.records.guess(name) is None:
            template = (
                "Closed until you have written down your guess above; then it opens by itself."
            )
            return markup.line(self.w(template))
        if self.records.came(name) is None:
            self.records.show(name, asked.truth(self.plays, self.choices))
        return render()

    def behind_bet(
        self,
        name: str,
        render: Callable[[], str],
        fork: str | None = None,
        whose: Callable[[], Choices] | None = None,
    ) -> Panel:
        """A panel that stays closed until the bet at the fork is placed."""
        at = fork or self.syllabus.fork

        def once_placed() -> str:
            bet = self.standing_at(at)
            assert bet is not None
            if self.alive and self.records.came(at) is None:
                self.records.show(at, share_right(self.plays, at, bet.choice))
            return render()

        return self.open(name, once_placed, fork=at, whose=whose)

    # The sections

    def situation(self) -> Panel:
        """The chain, the runway, and where the figures come from."""
        return self.followed("situation", self._situation)

    figures_first = False
    """Whether the list of figures gives nothing away and is open before the bet."""

    def _situation(self) -> str:
        told = self.figures_first or self.standing is not None
        return views.situation(self.case, self.w, figures=told)

    def followed(self, name: str, render: Callable[[], str]) -> Panel:
        """A panel without controls that is drawn again once the bet is placed."""
        panel = Panel(self.w, render, alive=False)
        self._panels[name] = panel
        return panel

    def one_life(self, number: int = 1) -> Panel:
        """One life as a diary; another one at a press."""
        w, plays = self.w, self.plays
        if not self.alive:
            fork = self.syllabus.fork
            return self.open(
                "life",
                lambda: views.one_life(plays, number, self.choices, w),
                fork=fork,
                whose=lambda: self.choices,
            )
        import ipywidgets as widgets

        box = widgets.BoundedIntText(
            value=number,
            min=1,
            max=plays.runs,
            description=w("Life number"),
            style={"description_width": "initial"},
            layout=widgets.Layout(width="auto"),
        )
        button = widgets.Button(description=w("Another life"))
        panel = self.open(
            "life",
            lambda: views.one_life(plays, box.value, self.choices, w, told=False),
            (box, button),
            fork=self.syllabus.fork,
            whose=lambda: self.choices,
        )
        button.on_click(panel.guarded(lambda _: _next(box)))
        box.observe(panel.guarded(lambda _: panel.refresh()), "value")
        return panel

    def many(self) -> Panel:
        """A hundred lives, and the cash week by week."""
        return self.open(
            "many",
            lambda: views.many(self.case, self.plays, self.choices, self.w),
            fork=self.syllabus.fork,
            whose=lambda: self.choices,
        )

    def options(self, fork: str | None = None) -> Panel:
        """The options of a fork on the same luck, and what that says of the bet."""
        at = fork or self.syllabus.fork
        return self.behind_bet(
            f"options-{fork}" if fork else "options",
            lambda: (
                reveal.options(self.case, self.plays, at, self.standing_at(at), self.w)
                + reveal.reason(self.standing_at(at), self.w)
            ),
            at,
        )

    def what_happened(self) -> Panel:
        """What the founder did, and how it went."""
        taken = (self.syllabus.taken, self.syllabus.fork)
        return self.behind_bet(
            "happened",
            lambda: reveal.happened(self.case, self.plays, self.standing, taken, self.w),
        )

    def skip(self, milestone: str) -> Panel:
        """What walking around a milestone costs, the way back included."""
        choices = self.syllabus.skips[milestone]
        return self.open(
            f"skip-{milestone}",
            lambda: reveal.skipped(self.case, self.plays, milestone, choices, self.w),
            fork=self.syllabus.fork,
            whose=lambda: choices,
        )

    def when_wrong(self) -> Panel:
        """Where another option than the founder's would have been the better one."""
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
            )
            for swept in self.syllabus.sweeps
        )

    def takeaways(self) -> Panel:
        """What to carry away, claim by claim."""
        claims = self.syllabus.takeaways
        return self.followed("takeaways", lambda: self._takeaways(claims))

    def _takeaways(self, claims: Sequence[str]) -> str:
        if self.standing is None:
            return self._until_bet()
        return reveal.takeaways(claims, self.w)

    def standing_so_far(self) -> Panel:
        """What was done in all cases, and how well the bets did."""
        panel = self._stand(alive=self.alive)
        self._panels["standing"] = panel
        return panel

    def exercise(self, id: str) -> ExercisePanel:
        """An exercise of this case; InputError where there is none of that id."""
        make = self.syllabus.exercises.get(id)
        if make is None:
            allowed = ", ".join(self.syllabus.exercises)
            template = "no exercise '{found}'; there are: {allowed}"
            raise InputError(self.case.id, [fault("exercise", template, found=id, allowed=allowed)])
        exercise = make(self.plays, self.w)
        return ExercisePanel(
            self.w,
            exercise,
            self.case.id,
            self.progress,
            answered=lambda: self._refresh(f"after-{id}", "standing"),
            notes=self._notes,
            alive=self.alive,
        )

    def behind_answer(self, exercise: str, render: Callable[[], str]) -> Panel:
        """A panel that stays closed until an answer to this exercise is saved."""

        def once_answered() -> str:
            if self.alive and not self.progress.answers(self.case.id, exercise):
                said = self.w("Closed until you have answered the exercise above.")
                return markup.line(said)
            return render()

        return self.open(f"after-{exercise}", once_answered)

    def _refresh(self, *names: str) -> None:
        for name in names:
            if panel := self._panels.get(name):
                panel.guarded(panel.refresh)()


def _next(box: Any) -> None:
    """The next life, and after the last one the first."""
    box.value = box.value + 1 if box.value < box.max else 1
