"""Exercises that check themselves by simulating the answer.

An exercise asks for a few figures or choices. Its check simulates them and says why an answer is
not right yet; many answers may be right. Hints can be opened at any time, the solution only after
an answer has been saved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from workbook.lesson import markup
from workbook.lesson.panel import Panel
from workbook.lesson.plays import Plays
from workbook.lesson.progress import Progress
from workbook.words import Words

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
    value: float | str = 0.0
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Exercise:
    """A question, its inputs, its check, its hints, and one solution.

    `solution` returns a correct answer with an explanation; it may take a while.
    """

    id: str
    question: str
    fields: tuple[Field, ...]
    check: Callable[[Answer], Verdict]
    hints: tuple[str, ...]
    solution: Callable[[], tuple[Answer, str]]


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
            head=lambda: markup.say(exercise.question),
            alive=alive,
        )

    def check(self, **answer: Any) -> Verdict:
        """Check an answer, save it, and show the reply."""
        self.verdict = self.exercise.check(answer)
        self.progress.answer(self.case, self.exercise.id, answer, self.verdict.right)
        self.refresh()
        self.answered()
        return self.verdict

    def _controls(self, w: Words) -> tuple[Any, ...]:
        import ipywidgets as widgets

        given = self.progress.answers(self.case, self.exercise.id)
        last = given[-1]["answer"] if given else {}
        for field in self.exercise.fields:
            self.inputs[field.id] = _input(field, last.get(field.id, field.value))
        self.button = widgets.Button(description=w("Check my answer"), button_style="primary")
        self.button.on_click(self.guarded(self._pressed))
        return (*self.inputs.values(), self.button)

    def _pressed(self, _: Any = None) -> None:
        self.say("")
        self.check(**{id: box.value for id, box in self.inputs.items()})
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


def _input(field: Field, value: Any) -> Any:
    """Return the input widget; an old answer that is out of bounds is replaced by the default."""
    import ipywidgets as widgets

    wide: dict[str, Any] = {
        "description": field.label,
        "style": {"description_width": "initial"},
        "layout": widgets.Layout(width="auto"),
    }
    if field.options:
        allowed = [id for id, _ in field.options]
        chosen = value if value in allowed else field.value
        return widgets.Dropdown(
            options=[(name, id) for id, name in field.options], value=chosen, **wide
        )
    fits = isinstance(value, (int, float)) and field.least <= value <= field.most
    return widgets.BoundedFloatText(
        value=value if fits else field.value,
        min=field.least,
        max=field.most,
        step=field.step,
        **wide,
    )
