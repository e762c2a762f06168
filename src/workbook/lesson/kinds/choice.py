"""One of several, with a word for each: why it is right, or what speaks against it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from workbook.lesson.exercise import Answer, Exercise, Field, Make, Verdict
from workbook.lesson.plays import Plays
from workbook.words import Words

FIELD = "choice"


@dataclass(frozen=True)
class Candidate:
    """Something to choose: the word that answers it, and its label.

    Without a label its id must be a milestone's, whose name is then shown.
    """

    word: str
    label: str = ""


def choice(
    id: str,
    candidates: Mapping[str, Candidate],
    *,
    right: frozenset[str] | set[str] | Callable[[Plays], str],
    question: str,
    hints: tuple[str, ...],
    values: Callable[[Plays, Words], Mapping[str, str]] | None = None,
) -> Make:
    """Ask for one of the `candidates`; `right` are the ids that are, or plays out which one is.

    `values` fills the gaps of the question.
    """

    def make(plays: Plays, w: Words) -> Exercise:
        options = tuple(
            (id, w(it.label) if it.label else w.name(plays.plan.milestone(id)))
            for id, it in candidates.items()
        )

        def correct() -> frozenset[str]:
            return frozenset({right(plays)}) if callable(right) else frozenset(right)

        def check(answer: Answer) -> Verdict:
            chosen = str(answer.get(FIELD, ""))
            if chosen not in candidates:
                return Verdict(False, w("Choose one from the list."))
            return Verdict(chosen in correct(), w(candidates[chosen].word))

        def solution() -> tuple[Answer, str]:
            found = next(id for id in candidates if id in correct())
            return {FIELD: found}, w("“{choice}”", choice=dict(options)[found])

        return Exercise(
            id=id,
            question=w(question, **(values(plays, w) if values else {})),
            fields=(Field(FIELD, w("Your choice"), value=options[0][0], options=options),),
            check=check,
            hints=tuple(w(hint) for hint in hints),
            solution=solution,
        )

    return make
