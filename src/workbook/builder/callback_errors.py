"""Errors in widget callbacks, reported in one plain sentence.

Widgets swallow what their callbacks raise. Wrap each callback in `report_errors`, with the function
that shows the sentence. `strict` lets tests see every error instead.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from workbook.errors import InputError, Message, WorkError

P = ParamSpec("P")
T = TypeVar("T")
Say = Callable[[Message], None]
LOG = logging.getLogger("workbook.builder")
strict = False
"""Set by tests: what no user can be at fault for is raised as well as said."""


def report_errors(say: Say) -> Callable[[Callable[P, T]], Callable[P, T | None]]:
    """Decorate a callback: an error becomes a line for `say`, and its answer None."""

    def wrap(callback: Callable[P, T]) -> Callable[P, T | None]:
        @wraps(callback)
        def called(*args: P.args, **kwargs: P.kwargs) -> T | None:
            try:
                return callback(*args, **kwargs)
            except Exception as error:
                say(line_of(error))
                if strict and not isinstance(error, (InputError, WorkError)):
                    raise
                return None

        return called

    return wrap


def line_of(error: Exception) -> Message:
    """What a learner is told of an error: its own sentence, or that this is ours to mend."""
    if isinstance(error, WorkError):
        return error.message
    if isinstance(error, InputError):
        return error.faults[0].message
    LOG.error("a callback raised", exc_info=error)
    template = (
        "Something went wrong here ({kind}). Your plan is safe; the last good state is shown."
    )
    return Message(template, {"kind": type(error).__name__})
