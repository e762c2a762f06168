"""What a lesson needs to know of its case, and its exercises, which check themselves.

Each case has a `Syllabus`: its fork, its milestones, its exercises. The sections in `sections.py`
are the same for all; sections that only one case has are methods of its own `Lesson`.

An exercise asks for a few figures or choices. Its check simulates them and says why an answer is
not right yet; many answers may be right. Hints can be opened at any time, the solution only after
an answer has been saved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any, Literal

from workbook.cases import Case
from workbook.errors import Message
from workbook.lesson import markup
from workbook.lesson.comparisons import Choices, Plays, fork_of
from workbook.lesson.panel import Panel, labelled
from workbook.lesson.progress import Progress
from workbook.words import N_, Words

Answer = Mapping[str, Any]


@dataclass(frozen=True)
class Verdict:
    """Whether an answer is right, and a useful reply."""

    right: bool
    why: str


@dataclass(frozen=True)
class Field:
    """One input: a number within bounds, or (with `options`) a choice."""

    id: str
    label: str
    least: float = 0.0
    most: float = 0.0
    step: float = 1.0
    value: float = 0.0
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Exercise:
    """A question, its inputs, its check, its hints, and one solution.

    `solution` returns a correct answer with an explanation; it may take a while. `data` is HTML
    with the figures that the question is about.
    """

    id: str
    question: str
    fields: tuple[Field, ...]
    check: Callable[[Answer], Verdict]
    hints: tuple[str, ...]
    solution: Callable[[], tuple[Answer, str]]
    data: str = ""


Make = Callable[[Plays, Words], Exercise]
"""An entry of a syllabus: makes the exercise for a plan and a language."""


class ExercisePanel(Panel):
    """An exercise on the page: inputs, check, reply; hints and the solution unfold."""

    def __init__(
        self,
        w: Words,
        exercise: Exercise,
        case: str,
        progress: Progress,
        *,
        answered: Callable[[], None] = lambda: None,
        notes: Callable[[], str] = str,
        alive: bool = True,
    ) -> None:
        self.exercise, self.case, self.progress = exercise, case, progress
        self.answered, self.notes = answered, notes
        self.verdict: Verdict | None = None
        self.inputs: dict[str, Any] = {}
        super().__init__(
            w,
            self._html,
            self._controls(w) if alive else (),
            head=lambda: self.exercise.data + markup.say(self.exercise.question),
            alive=alive,
        )

    def check(self, **answer: Any) -> Verdict:
        """Check an answer, save it, and show the reply."""
        self.verdict = self.exercise.check(answer)
        self.progress.answer(self.case, self.exercise.id, answer, self.verdict.right)
        self.refresh()
        self.answered()
        return self.verdict

    def ask_of(self, exercise: Exercise) -> None:
        """Ask the same of another plan; a reply about the plan before is taken away."""
        self.exercise, self.verdict = exercise, None
        self.refresh()

    def _controls(self, w: Words) -> tuple[Any, ...]:
        import ipywidgets as widgets

        given = self.progress.answers(self.case, self.exercise.id)
        last = given[-1]["answer"] if given else {}
        for asked in self.exercise.fields:
            self.inputs[asked.id] = _input(asked, last.get(asked.id, asked.value), w)
        self.button = widgets.Button(description=w("Check my answer"), button_style="primary")
        self.button.on_click(self.guarded(self._pressed))
        return (*self.inputs.values(), self.button)

    def _pressed(self, _: Any = None) -> None:
        answer = {id: box.value for id, box in self.inputs.items()}
        if any(asked.options and not answer[asked.id] for asked in self.exercise.fields):
            self.say(self.w("Choose something in every list first."), "fault")
            return
        self.say("")
        self.check(**answer)
        self.say(self.notes(), "fault")

    def _html(self) -> str:
        w, exercise = self.w, self.exercise
        parts = []
        if self.verdict:
            parts.append(markup.line(self.verdict.why, "good" if self.verdict.right else "fault"))
        parts += [
            markup.fold(w("Hint {n}", n=number), f"<p>{escape(hint)}</p>")
            for number, hint in enumerate(exercise.hints, start=1)
        ]
        if self.progress.answers(self.case, exercise.id):
            parts.append(markup.fold(w("One solution"), f"<p>{escape(exercise.solution()[1])}</p>"))
        else:
            parts.append(markup.small(w("A solution opens here once you have checked an answer.")))
        return "".join(parts)


def _input(field: Field, value: Any, w: Words) -> Any:
    """Return the input widget; a list starts at no option, a number is checked when it is given."""
    import ipywidgets as widgets

    if field.options:
        options = [(w("choose …"), ""), *((name, id) for id, name in field.options)]
        chosen = value if value in dict(field.options) else ""
        return widgets.Dropdown(options=options, value=chosen, **labelled(field.label))
    fits = isinstance(value, (int, float)) and field.least <= value <= field.most
    value = value if fits else field.value
    return widgets.FloatText(value=value, step=field.step, **labelled(field.label))


@dataclass(frozen=True)
class Swept:
    """A figure to vary while the options of the fork are compared with common random numbers.

    Attributes
    ----------
    path
        The figure, as `whatif.set_figure` takes it.
    values
        Its values, ascending.
    label
        Its name, as an English text with a Chinese translation.
    spoken
        How a value is worded.
    """

    path: str
    values: tuple[float, ...]
    label: str
    spoken: Spoken = "number"

    def say(self, value: float, currency: str, w: Words) -> str:
        """Return a value of the figure as text."""
        if self.spoken == "money":
            return w.money(value, currency)
        if self.spoken == "weeks":
            return w.weeks(value)
        return w.percent(value) if self.spoken == "percent" else w.number(value)


@dataclass(frozen=True)
class Guessed:
    """A number to be guessed as an interval before the section that shows it.

    Attributes
    ----------
    question
        The question, as an English text with a Chinese translation.
    scale
        Its unit and bounds; the rest is not used: the boxes of a guess start empty.
    truth
        Computes the number, in the scale's unit.
    """

    question: str
    scale: Scale
    truth: Callable[[Plays, Choices], float]


@dataclass(frozen=True)
class Syllabus:
    """The data of a case's lesson.

    Attributes
    ----------
    fork
        The fork that the learner bets on.
    taken
        The real founder's option at each fork concerned, including `fork`.
    as_written
        By fork, the name of "continue as written", if that is an option too.
    skips
        By milestone that can be skipped, the choices that skip it.
    sweeps
        The figures that decide which option is best: where the lecture's answer is wrong.
    takeaways
        Claims to remember.
    exercises
        By id, functions that make the exercises.
    guesses
        By the name of the section that opens after the guess.
    answered
        By the name of a section, the exercise that is answered before it opens.
    load
        Loads the case; if left out, it is a shipped one.
    """

    fork: str
    taken: Choices
    sweeps: tuple[Swept, ...]
    takeaways: tuple[str, ...]
    exercises: Mapping[str, Make]
    skips: Mapping[str, Choices] = field(default_factory=dict)
    guesses: Mapping[str, Guessed] = field(default_factory=dict)
    answered: Mapping[str, str] = field(default_factory=dict)
    load: Callable[[], Case] | None = None
    as_written: Mapping[str, str] = field(default_factory=dict)


def lead(plays: Plays, choices: Choices) -> float:
    """Return by how many of 100 runs the best option of a fork is ahead of the second."""
    (fork,) = choices
    options = fork_of(plays.plan, fork).options
    *_, second, best = sorted(plays.goal({fork: option.id}) for option in options)
    return round(100 * (best - second))


Spoken = Literal["money", "percent", "weeks", "week", "number"]

FIELD = "figure"


@dataclass(frozen=True)
class Scale:
    """A number to ask for: label, bounds, step, initial value, wording.

    With `spoken="percent"` all of these are in percent, and `figure` converts to a share.
    """

    label: str
    least: float
    most: float
    step: float
    start: float
    spoken: Spoken = "number"

    def field(self, w: Words) -> Field:
        """Return the input field of an exercise that asks for this number."""
        return Field(FIELD, w(self.label), self.least, self.most, self.step, self.start)

    def say(self, value: float, currency: str, w: Words) -> str:
        """Return a value as text."""
        if self.spoken == "money":
            return w.money(value, currency)
        if self.spoken == "weeks":
            return w.weeks(value)
        if self.spoken == "week":
            return w.week(round(value))
        return w.percent(value / 100) if self.spoken == "percent" else w.number(value)

    def read(self, answer: Answer, currency: str, w: Words) -> float | Message:
        """Return the number entered, or what is wrong with it."""
        try:
            value = float(answer.get(FIELD, "-"))
        except (TypeError, ValueError):
            return Message(N_("Write a number, in figures."))
        if not self.least <= value <= self.most:
            bounds = {
                name: self.say(getattr(self, name), currency, w) for name in ("least", "most")
            }
            return Message(N_("Try something between {least} and {most}."), bounds)
        return value

    def figure(self, value: float) -> float:
        """Return the value as written in a plan."""
        return value / 100 if self.spoken == "percent" else value

    def steps(self) -> Iterator[float]:
        """Every value that the form offers, ascending."""
        for number in range(int((self.most - self.least) / self.step + 1e-9) + 1):
            yield self.least + number * self.step


LEAD = Guessed(
    N_("By how many of 100 lives is the best way ahead of the second best?"),
    Scale("", 0, 100, 1, 0),
    lead,
)
"""What to guess before the options of any fork are compared."""
