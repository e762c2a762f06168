"""Who is in the room: what each notebook said last, and when. Only the desk sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from time import monotonic

from workbook.room.limits import MOST_PEOPLE
from workbook.workshop.hand_in import STEPS
from workbook.workshop.inbox import Answer
from workbook.workshop.link import Sighting

AWAY = 60.0
"""Seconds without a sign after which somebody counts as away."""


@dataclass(frozen=True)
class Present:
    """One person at the desk.

    Attributes
    ----------
    step
        The first step that is not done; empty when all are done.
    here
        Whether their notebook gave a sign within the last minute.
    receipt
        Of their last hand-in; empty before it.
    """

    person: str
    name: str
    own_id: str
    step: str
    here: bool
    receipt: str


@dataclass
class People:
    """The notebooks that gave a sign, by person; those seen least recently make room for others."""

    clock: Callable[[], float] = monotonic
    _seen: dict[str, tuple[Sighting, float]] = field(default_factory=dict)

    def saw(self, seen: Sighting) -> None:
        """Remember what a notebook says."""
        self._seen.pop(seen.person, None)
        if len(self._seen) >= MOST_PEOPLE:
            self._seen.pop(next(iter(self._seen)))
        self._seen[seen.person] = (seen, self.clock())

    def present(self, answers: Iterable[Answer]) -> list[Present]:
        """Return everybody who was seen or has handed in, those at the earliest step first."""
        handed_in = {answer.person: answer for answer in answers}
        found = [
            self._present(person, handed_in.get(person))
            for person in dict.fromkeys([*self._seen, *handed_in])
        ]
        order = {step: n for n, step in enumerate((*STEPS, ""))}
        return sorted(found, key=lambda one: (order[one.step], one.name.casefold(), one.person))

    def _present(self, person: str, answer: Answer | None) -> Present:
        seen, when = self._seen.get(person, (None, float("-inf")))
        done = {*(seen.done if seen else ()), *(answer.done if answer else ())}
        return Present(
            person=person,
            name=(seen.name if seen else "") or (answer.name if answer else ""),
            own_id=(seen.own_id if seen else "") or (answer.own_id if answer else ""),
            step=next((step for step in STEPS if step not in done), ""),
            here=self.clock() - when < AWAY,
            receipt=answer.receipt if answer else "",
        )
