"""An edit that is not made: the reason, in a sentence for the learner."""

from __future__ import annotations

from workbook.errors import InputError, Message


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
    if more:
        template = "Not changed: {fault} (and {n} more faults)"
        return Message(template, {"fault": first.message, "n": len(more)})
    return Message("Not changed: {fault}", {"fault": first.message})
