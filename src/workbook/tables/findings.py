"""What is gathered while a table is read: notes on how, and faults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from workbook.consistency import shown
from workbook.errors import Fault, Message

MOST_NAMED = 4


@dataclass
class Findings:
    """Notes and faults, in the order in which they were found."""

    notes: list[Message] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def note(self, message: Message, **values: object) -> None:
        """Write down how something was read; the numbers of rows are not grouped in thousands."""
        self.notes.append(_filled(message, values))

    def fault(self, path: str, row: int, message: Message, **values: object) -> None:
        """Write down what cannot be read, with the row it stands in."""
        self.faults.append(Fault(path, _filled(message, values), row))


def _filled(message: Message, values: Mapping[str, object]) -> Message:
    told = {key: str(one) if isinstance(one, int) else one for key, one in values.items()}
    return Message(message.template, told)


def some(items: Iterable[str]) -> list[str]:
    """The first of several texts in quotes, each short; `…` for the rest."""
    found = [f"“{shown(item)}”" for item in dict.fromkeys(items)]
    return [*found[:MOST_NAMED], "…"] if len(found) > MOST_NAMED else found
