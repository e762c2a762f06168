"""A workshop: what participants hand in, the table it makes, and the wall that all look at.

entry.py      one participant's hand-in: a small file with a receipt code
draft.py      the same in the making      seat.py  where a participant writes it and hands it in
inbox.py      a folder of hand-ins: which count, which do not, and why
forks.py      the forks that can be bet on, and which way gets there most often
answers.py    what each counted hand-in says, its chain played
wall.py       the class without names; nothing shown of fewer than five
debrief.py    three questions, chosen from what the class did
place.py      where one participant stands among the others, told only to them
page.py       wall and desk as pages      collect.py  from a folder to table, wall and desk
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbook.workshop.seat import Seat, take_a_seat

__all__ = ["Seat", "take_a_seat"]


def __getattr__(name: str) -> Any:
    """The participant's half loads when a notebook asks for it; collecting needs none of it."""
    if name in __all__:
        from workbook.workshop import seat

        return getattr(seat, name)
    raise AttributeError(name)
