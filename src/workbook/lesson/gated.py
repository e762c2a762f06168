"""Sections that open after a bet, a guess or an answer.

Closed sections say what opens them, and open by themselves when it happens. A notebook's text is
always visible, so it may only ask questions; what interprets a result is in `afterwards`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Self

from workbook import cases
from workbook.cases import Case
from workbook.cases.facts import with_fact
from workbook.errors import NONE, InputError, fault
from workbook.lesson import markup
from workbook.lesson.afterwards import afterwards
from workbook.lesson.bet import BetPanel, GuessPanel, recorded_bet
from workbook.lesson.comparisons import Choices, Plays, fork_of, share_right
from workbook.lesson.panel import Panel
from workbook.lesson.progress import Bet
from workbook.lesson.records import Records, with_figure
from workbook.lesson.syllabus import ExercisePanel, Syllabus
from workbook.plan import Fork, Plan
from workbook.whatif import set_figure
from workbook.words import Words

ANSWERED = "after-"
"""Begins the name of a section that is the reply to an exercise."""


def at_value(case: Case, path: str, value: float) -> Case:
    """Return the case with a figure of the learner's own, and with all that is computed from it."""
    name = case.basis_of(path).name
    plan = set_figure(case.plan, path, value)
    if name is not None:
        plan = with_fact(case, plan, name, float(value))
    yours = {"value": float(value), "basis": "yours", "range": None}
    facts = {id: f.model_copy(update=yours) if id == name else f for id, f in case.facts.items()}
    return replace(case, plan=plan, facts=facts, basis={**case.basis, path: cases.Basis()})


class Gated:
    """A case, opened for a learner, whose sections open after a bet, a guess or an answer."""

    def __init__(
        self,
        case: Case,
        syllabus: Syllabus,
        plays: Plays,
        w: Words,
        records: Records,
        stand: Callable[..., Panel],
        *,
        batch: bool = False,
    ) -> None:
        self.case, self.syllabus, self.plays = case, syllabus, plays
        self.w, self.records, self.progress = w, records, records.progress
        self._stand = stand
        self.batch = batch
        self._recorded: dict[str, Bet] = {}
        self._panels: dict[str, list[Panel]] = {}
        self._asked: set[str] = set()
        self._predictions: list[Panel] = []
        self._exercises: list[ExercisePanel] = []
        self._again: list[Any] = []  # rehearsals that follow the plan

    def with_figure(self, path: str, value: float) -> Self:
        """Return this lesson with one figure at another value; this one stays as it is.

        Parameters
        ----------
        path
            The figure by its path in the plan, as the list of figures names it.
        value
            Its new value, in its unit; other figures that are computed from it follow.

        Raises
        ------
        InputError
            For an unknown path, or a value that is not allowed there.

        >>> from workbook.lesson import open_case
        >>> lesson = open_case("caffeine-lozenge", runs=200, batch=True)
        >>> cheaper = lesson.with_figure("milestones.taste.cost", 15_000)
        >>> cheaper.plays.goal() > lesson.plays.goal()
        True
        """
        case = at_value(self.case, path, value)
        records = replace(self.records, figures=with_figure(self.records.figures, path, value))
        plays = Plays(case.plan, self.plays.runs, self.plays.seed)
        other = type(self)(
            case, self.syllabus, plays, self.w, records, self._stand, batch=self.batch
        )
        other._recorded = dict(self._recorded)
        return other

    @property
    def at_top(self) -> tuple[Plan, str]:
        """The plan as the top of the page shows it, and its changed figures."""
        return self.plays.plan, self.records.figures

    # The bet

    @property
    def alive(self) -> bool:
        """Whether widgets can be used; a recorded bet means a batch run."""
        return not (self.batch or self._recorded)

    @property
    def main_bet(self) -> Bet | None:
        """The bet at the fork of this case."""
        return self.bet_at(self.syllabus.fork)

    def bet_at(self, fork: str) -> Bet | None:
        """Return the bet at a fork: the one recorded for this run, else the learner's own."""
        if not self.alive:
            return self._recorded.get(fork)
        bet = self.records.bet(fork)
        return bet if bet and bet.choice in self._options_of(fork) else None

    def _options_of(self, fork: str) -> tuple[str, ...]:
        return tuple(option.id for option in fork_of(self.case.plan, fork).options)

    @property
    def choices(self) -> Choices:
        """The choices of the bet; empty (the plan as written) without one."""
        bet = self.main_bet
        return {self.syllabus.fork: bet.choice} if bet else {}

    def bet(self, fork: str | None = None, recorded: tuple[str, float] = ("", 0)) -> Panel:
        """A bet at a fork (by default the case's), with its confidence.

        `recorded` is a choice and a confidence in percent passed by a batch run: it is used for
        this run only and not saved in the learner's progress. An empty choice means no bet.
        """
        found = fork_of(self.case.plan, fork or self.syllabus.fork)
        options = self._options_of(found.id)
        if recorded[0]:
            self._recorded[found.id] = recorded_bet(recorded, options)
            self._refresh("rehearsal")  # it is above, and waits for the bet
        panel = BetPanel(
            self.w,
            found,
            self.case.plan,
            read=lambda: self.bet_at(found.id),
            settled=lambda: not self.alive or self.records.shown(found.id),
            place=lambda bet: self.records.place(found.id, bet, options),
            opens=lambda: self._refresh(*self._panels),
            notes=self._notes,
            beside=lambda: self._bets_beside(found) if self.alive else "",
            alive=self.alive,
        )
        self._predictions.append(panel)
        return panel

    def _bets_beside(self, fork: Fork) -> str:
        names = {option.id: self.w.name(option) for option in fork.options}
        return self.records.bets_beside(fork.id, names, self.case.plan.currency, self.w)

    def _guesses_beside(self, section: str) -> str:
        scale, currency = self.syllabus.guesses[section].scale, self.case.plan.currency
        return self.records.guesses_beside(section, scale, currency, self.w)

    def _notes(self) -> str:
        return "\n".join(map(self.w.message, self.progress.notes))

    def guess(self, section: str) -> Panel:
        """An interval for the number of this section, which stays closed until it is guessed."""
        self._asked.add(section)
        if section not in self.syllabus.guesses:
            allowed = ", ".join(self.syllabus.guesses) or NONE
            template = "no guess '{found}'; there are: {allowed}"
            raise InputError(
                self.case.id, [fault("guess", template, found=section, allowed=allowed)]
            )
        asked, currency = self.syllabus.guesses[section], self.case.plan.currency
        panel = GuessPanel(
            self.w,
            asked,
            currency,
            read=lambda: self.records.guess(section) if self.alive else None,
            came=lambda: self.records.came(section),
            place=lambda guess: self.records.place_guess(section, guess),
            opens=lambda: self._refresh(section, "standing"),
            notes=self._notes,
            beside=lambda: self._guesses_beside(section) if self.alive else "",
            alive=self.alive,
        )
        self._predictions.append(panel)
        return panel

    def open(
        self,
        name: str,
        render: Callable[[], str],
        controls: tuple[Any, ...] = (),
        *,
        fork: str | None = None,
        whose: Callable[[], Choices] | None = None,
    ) -> Panel:
        """Return a panel that follows the bet, with the comment on its result below.

        It is closed until its number is guessed, if one is asked for, and until the bet at `fork`
        is placed, if one is named. `whose` returns the choices with which the runs shown are
        simulated.
        """
        said = (lambda: render() + self._whose(whose())) if whose else render
        shown = partial(self._opened, name, said, fork)
        panel = Panel(self.w, shown, controls, alive=self.alive)
        self._keep(name, panel)
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
        if fork is not None and self.bet_at(fork) is None:
            return self._until_bet()
        if self._unanswered(name):
            return markup.line(self.w("Closed until you have answered the exercise above."))
        return self._guessed(name, lambda: render() + self._after(name))

    def _unanswered(self, name: str) -> bool:
        """Whether a section waits for the answer to an exercise that this page asks."""
        exercise = self.syllabus.answered.get(name, "")
        if name.startswith(ANSWERED):
            exercise = name.removeprefix(ANSWERED)
        elif exercise not in self._asked:
            return False
        return self.alive and not self.progress.answers(self.case.id, exercise)

    def follows(self, exercise: str) -> tuple[str, ...]:
        """Return the names of the sections that open with an answer to this exercise."""
        sections = (name for name, first in self.syllabus.answered.items() if first == exercise)
        return (ANSWERED + exercise, *sections)

    def _after(self, name: str) -> str:
        return afterwards(self.case.id, name, self.w, self.holds)

    def holds(self, condition: str) -> bool:
        """Whether a condition of the texts holds: `own`, the case is played with its own figures.

        Raises KeyError for a condition that this lesson does not know.
        """
        conditions = {"own": lambda: not self.records.changed, **self.conditions()}
        return conditions[condition]()

    def conditions(self) -> dict[str, Callable[[], bool]]:
        """Return the conditions that only this lesson's texts use."""
        return {}

    def _guessed(self, name: str, render: Callable[[], str]) -> str:
        asked = self.syllabus.guesses.get(name)
        if asked is None or not self.alive:
            return render()
        if self.records.guess(name) is None:
            if name not in self._asked:  # a page may show a section without asking for a guess
                return render()
            template = (
                "Closed until you have written down your guess above; then it opens by itself."
            )
            return markup.line(self.w(template))
        if self.records.came(name) is None:
            self.records.show(name, asked.truth(self.plays, self.choices))
            self._settle()
        return render()

    def _settle(self) -> None:
        """Let bets and guesses say what came of them."""
        for prediction in self._predictions:
            prediction.refresh()

    def behind_bet(
        self,
        name: str,
        render: Callable[[], str],
        fork: str | None = None,
        whose: Callable[[], Choices] | None = None,
    ) -> Panel:
        """Return a panel that stays closed until the bet at the fork is placed."""
        at = fork or self.syllabus.fork

        def once_placed() -> str:
            bet = self.bet_at(at)
            assert bet is not None
            if self.alive and self.records.came(at) is None:
                self.records.show(at, share_right(self.plays, at, bet.choice))
                self._settle()
            return render()

        return self.open(name, once_placed, fork=at, whose=whose)

    def followed(self, name: str, render: Callable[[], str]) -> Panel:
        """Return a panel without controls that is rendered again once the bet is placed."""
        panel = Panel(self.w, render, alive=False)
        self._keep(name, panel)
        return panel

    def behind_answer(self, exercise: str, render: Callable[[], str]) -> Panel:
        """Return a panel that stays closed until an answer to this exercise is saved."""
        return self.open(ANSWERED + exercise, render)

    def _keep(self, name: str, panel: Panel) -> None:
        """Remember a panel, so that it follows the bet: the newest, and all that are shown."""
        shown = [other for other in self._panels.get(name, ()) if other.on_page]
        self._panels[name] = [*shown, panel]

    def _refresh(self, *names: str) -> None:
        for name in names:
            for panel in self._panels.get(name, ()):
                panel.guarded(panel.refresh)()
