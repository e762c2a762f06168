"""Exercises that ask for one of several candidates, or for an order.

The replies of a choice are written for the case as shipped. With a learner's own cash another
answer may be the best, or several equally good; then those are right, and the reply says just that.
An order is right if it respects what must come before what.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from functools import partial

from workbook.lesson.comparisons import Plays, contenders
from workbook.lesson.syllabus import Answer, Exercise, Field, Verdict
from workbook.outcomes import Outcomes
from workbook.plan import Plan
from workbook.words import N_, Words

FIELD = "choice"
ONE = N_("With the figures that you put in, the best answer is {name}.")
SEVERAL = N_("With the figures that you put in, {names} are equally good.")


@dataclass(frozen=True)
class Candidate:
    """A candidate: the reply to it, and its label.

    The reply may use the placeholder `{share}`, the share of runs that reach the goal. Without a
    label the id must be a milestone's, whose name is then shown.
    """

    word: str
    label: str = ""


def labels_of(labels: Mapping[str, str], plan: Plan, w: Words) -> dict[str, str]:
    """Return each label in the reader's language; an empty one is the milestone's name."""
    return {id: w(label) if label else w.name(plan.milestone(id)) for id, label in labels.items()}


@dataclass(frozen=True)
class Choice:
    """Ask for the one of the `candidates` with which most runs reach the goal.

    `played` plays each of them; `meant` is the best one in the case as shipped. `values` fills the
    placeholders of the question.
    """

    id: str
    candidates: Mapping[str, Candidate]
    _: KW_ONLY
    played: Callable[[Plays], Mapping[str, Outcomes]]
    meant: str
    question: str
    hints: tuple[str, ...]
    values: Callable[[Plays, Words], Mapping[str, object]] | None = None

    def __call__(self, plays: Plays, w: Words) -> Exercise:
        """Make the exercise for a plan and a language."""
        options = tuple(self._labels(plays, w).items())
        return Exercise(
            id=self.id,
            question=w(self.question, **(self.values(plays, w) if self.values else {})),
            fields=(Field(FIELD, w("Your choice"), options=options),),
            check=partial(self.check, plays, w),
            hints=tuple(w(hint) for hint in self.hints),
            solution=partial(self.solution, plays, w),
        )

    def check(self, plays: Plays, w: Words, answer: Answer) -> Verdict:
        """Play every candidate; the best one is right, or any of several equally good."""
        chosen = str(answer.get(FIELD, ""))
        if chosen not in self.candidates:
            return Verdict(False, w("Choose one from the list."))
        outcomes = self.played(plays)
        best = contenders(outcomes)
        return Verdict(
            chosen in best, self._reply(chosen, outcomes, best, self._names(plays, w), w)
        )

    def solution(self, plays: Plays, w: Words) -> tuple[Answer, str]:
        """Return the best candidate, with the reply to it."""
        outcomes, names = self.played(plays), self._names(plays, w)
        best = contenders(outcomes)
        why = self._reply(best[0], outcomes, best, names, w)
        return {FIELD: best[0]}, w("{answer}. {word}", answer=names[best[0]], word=why)

    def _labels(self, plays: Plays, w: Words) -> dict[str, str]:
        return labels_of({id: it.label for id, it in self.candidates.items()}, plays.plan, w)

    def _names(self, plays: Plays, w: Words) -> dict[str, str]:
        labels = self._labels(plays, w)
        return {id: w("“{choice}”", choice=label) for id, label in labels.items()}

    def _reply(
        self,
        chosen: str,
        outcomes: Mapping[str, Outcomes],
        best: list[str],
        names: Mapping[str, str],
        w: Words,
    ) -> str:
        if best == [self.meant]:
            goal = outcomes[chosen].fates["goal"], outcomes[chosen].fates_error["goal"]
            return w(self.candidates[chosen].word, share=w.percent(*goal))
        if len(best) > 1:
            return w(SEVERAL, names=w.list([names[id] for id in best]))
        return w(ONE, name=names[best[0]])


RIGHT = N_("Nothing here comes before what it depends on.")
OTHERS = N_("Other orders may keep the rules too.")


@dataclass(frozen=True)
class Before:
    """`first` must come before `then`; `word` is the reply to the opposite order."""

    first: str
    then: str
    word: str


@dataclass(frozen=True)
class Ordering:
    """Ask for an order of `items` (labels by id; an empty one is the milestone's name).

    The form starts with `items` as given. An order that breaks several rules is answered by the
    first of them. `solved` is one valid order, `right` the reply to a valid order, `others` a note
    about further valid orders.
    """

    id: str
    items: Mapping[str, str]
    rules: Sequence[Before]
    _: KW_ONLY
    solved: tuple[str, ...]
    question: str
    hints: tuple[str, ...]
    right: str = RIGHT
    others: str = OTHERS

    @property
    def places(self) -> tuple[str, ...]:
        """The ids of the form's fields."""
        return tuple(f"place-{number}" for number in range(1, len(self.items) + 1))

    def __call__(self, plays: Plays, w: Words) -> Exercise:
        """Make the exercise for a plan and a language."""
        names = labels_of(self.items, plays.plan, w)
        options = tuple(names.items())
        return Exercise(
            id=self.id,
            question=w(self.question),
            fields=tuple(
                Field(place, w("Place {n}", n=number), options=options)
                for number, place in enumerate(self.places, start=1)
            ),
            check=partial(self.check, names, w),
            hints=tuple(w(hint) for hint in self.hints),
            solution=partial(self.solution, names, w),
        )

    def check(self, names: Mapping[str, str], w: Words, answer: Answer) -> Verdict:
        """Answer an order by the first rule that it breaks."""
        order = [str(answer.get(place, "")) for place in self.places]
        missing = [w("“{choice}”", choice=names[id]) for id in names if id not in order]
        if missing or not set(order) <= set(names):
            said = w("Use each one once; this order leaves out {missing}.", missing=missing)
            return Verdict(False, said)
        broken = (rule for rule in self.rules if order.index(rule.first) > order.index(rule.then))
        rule = next(broken, None)
        return Verdict(rule is None, w(self.right if rule is None else rule.word))

    def solution(self, names: Mapping[str, str], w: Words) -> tuple[Answer, str]:
        """Return the valid order."""
        order = " → ".join(names[id] for id in self.solved)
        said = w("{answer}. {word}", answer=order, word=w(self.others))
        return dict(zip(self.places, self.solved, strict=True)), said
