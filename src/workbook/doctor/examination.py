"""Every look at this machine, one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.doctor import in_the_way, machine, mend, parts
from workbook.doctor.check import Check, Look, bad
from workbook.errors import Message

LOOKS = (*machine.LOOKS, *parts.LOOKS, *in_the_way.LOOKS)


def examine(looks: Sequence[tuple[str, Look]] = LOOKS) -> tuple[Check, ...]:
    """Look at everything; a look that itself fails is told as a fault and ends nothing."""
    gone = in_the_way.here()  # from nowhere nothing else can be looked at
    if gone.state == "fault":
        return (gone,)
    return tuple(_looked(id, look) for id, look in looks)


def _looked(id: str, look: Look) -> Check:
    try:
        return look()
    except Exception as error:
        values = {"error": f"{type(error).__name__}: {error}"[:200]}
        found = Message("this could not be looked at: {error}", values)
        return bad(id, found, mend.again())
