"""Exercises that ask for one of several candidates, or for an order.

The replies of a choice are written for the case as shipped. With a learner's own cash another
answer may be the best, or several equally good; then those are right, and the reply says just that.
An order is right if it respects what must come before what.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from workbook.lesson.comparisons import contenders
from workbook.lesson.exercise import Answer, Exercise, Field, Make, Verdict
from workbook.lesson.plays import Plays
from workbook.outcomes import Outcomes
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


def choice(
    id: str,
    candidates: Mapping[str, Candidate],
    *,
    played: Callable[[Plays], Mapping[str, Outcomes]],
    meant: str,
    question: str,
    hints: tuple[str, ...],
    values: Callable[[Plays, Words], Mapping[str, object]] | None = None,
) -> Make:
    """Ask for the one of the `candidates` with which most runs reach the goal.

    `played` plays each of them; `meant` is the best one in the case as shipped. `values` fills the
    placeholders of the question.
    """

    def make(plays: Plays, w: Words) -> Exercise:
        options = tuple(
            (id, w(it.label) if it.label else w.name(plays.plan.milestone(id)))
            for id, it in candidates.items()
        )
        names = {id: w("“{choice}”", choice=label) for id, label in options}

        def word(chosen: str, outcomes: Mapping[str, Outcomes], best: list[str]) -> str:
            if best == [meant]:
                goal = outcomes[chosen].fates["goal"], outcomes[chosen].fates_error["goal"]
                return w(candidates[chosen].word, share=w.percent(*goal))
            if len(best) > 1:
                return w(SEVERAL, names=w.list([names[id] for id in best]))
            return w(ONE, name=names[best[0]])

        def check(answer: Answer) -> Verdict:
            chosen = str(answer.get(FIELD, ""))
            if chosen not in candidates:
                return Verdict(False, w("Choose one from the list."))
            outcomes = played(plays)
            best = contenders(outcomes)
            return Verdict(chosen in best, word(chosen, outcomes, best))

        def solution() -> tuple[Answer, str]:
            outcomes = played(plays)
            best = contenders(outcomes)
            why = word(best[0], outcomes, best)
            return {FIELD: best[0]}, w("{answer}. {word}", answer=names[best[0]], word=why)

        return Exercise(
            id=id,
            question=w(question, **(values(plays, w) if values else {})),
            fields=(Field(FIELD, w("Your choice"), value=options[0][0], options=options),),
            check=check,
            hints=tuple(w(hint) for hint in hints),
            solution=solution,
        )

    return make


RIGHT = N_("Nothing here stands before what it depends on.")
OTHERS = N_("Other orders may keep the rules too.")


@dataclass(frozen=True)
class Before:
    """`first` must come before `then`; `word` is the reply to the opposite order."""

    first: str
    then: str
    word: str


def ordering(
    id: str,
    items: Mapping[str, str],
    rules: Iterable[Before],
    *,
    solved: tuple[str, ...],
    question: str,
    hints: tuple[str, ...],
    right: str = RIGHT,
    others: str = OTHERS,
) -> Make:
    """Ask for an order of `items` (labels by id; an empty one is the milestone's name).

    The form starts with `items` as given. An order that breaks several rules is answered by the
    first of them. `solved` is one valid order, `right` the reply to a valid order, `others` a note
    about further valid orders.
    """
    kept = tuple(rules)

    def make(plays: Plays, w: Words) -> Exercise:
        options = tuple(
            (id, w(label) if label else w.name(plays.plan.milestone(id)))
            for id, label in items.items()
        )
        names = dict(options)
        places = tuple(f"place-{number}" for number in range(1, len(items) + 1))

        def check(answer: Answer) -> Verdict:
            order = [str(answer.get(place, "")) for place in places]
            missing = [w("“{choice}”", choice=names[id]) for id in names if id not in order]
            if missing or not set(order) <= set(names):
                said = w("Each stands once; this order leaves out {missing}.", missing=missing)
                return Verdict(False, said)
            broken = (rule for rule in kept if order.index(rule.first) > order.index(rule.then))
            rule = next(broken, None)
            if rule is None:
                return Verdict(True, w(right))
            return Verdict(False, w(rule.word))

        def solution() -> tuple[Answer, str]:
            order = " → ".join(names[id] for id in solved)
            said = w("{answer}. {word}", answer=order, word=w(others))
            return dict(zip(places, solved, strict=True)), said

        return Exercise(
            id=id,
            question=w(question),
            fields=tuple(
                Field(place, w("Place {n}", n=number), value=start, options=options)
                for number, (place, start) in enumerate(zip(places, items, strict=True), start=1)
            ),
            check=check,
            hints=tuple(w(hint) for hint in hints),
            solution=solution,
        )

    return make
