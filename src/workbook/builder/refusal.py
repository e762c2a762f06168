"""An edit that is not made: the reason, in a sentence for the learner."""

from __future__ import annotations

from workbook.consistency.described import keys_on
from workbook.consistency.types import MISSING
from workbook.errors import Fault, InputError, Message


class RefusedError(Exception):
    """The plan stays as it is; `message` says why."""

    def __init__(self, template: str, /, **values: object) -> None:
        self.message = Message(template, values)
        super().__init__(str(self.message))


def reason_of(error: RefusedError | InputError) -> Message:
    """Why an edit was not made, in one sentence."""
    if isinstance(error, RefusedError):
        return error.message
    first, *more = error.faults
    values: dict[str, object] = {"fault": _told(first)}
    if more:
        return Message("Not changed: {fault} (and {n} more faults)", {**values, "n": len(more)})
    return Message("Not changed: {fault}", values)


def _told(fault: Fault) -> Message:
    """A fault without the keys of a plan file: on the screen nobody sees those."""
    keys = keys_on(fault.path)
    if fault.message.template != MISSING or not keys:
        return fault.message
    return Message("“{what}” is missing; write it", {"what": Message(keys[-1].label)})
