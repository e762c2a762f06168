"""Bring things into an order. Several may be right: what counts is what must come before what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workbook.lesson.exercise import Answer, Exercise, Field, Make, Verdict
from workbook.lesson.plays import Plays
from workbook.words import N_, Words

RIGHT = N_("Nothing here stands before what it depends on.")
OTHERS = N_("Other orders may keep the rules too.")


@dataclass(frozen=True)
class Before:
    """`first` must stand before `then`; `word` says why to whoever put it after."""

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
    first of them. `solved` is one order that keeps all, `right` the word for whoever found one,
    `others` what is said of the rest.
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
