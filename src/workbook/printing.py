"""What a command prints: answers to stdout, complaints to stderr, and a disk that is full."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO

from workbook.errors import WorkError


def say(text: str) -> None:
    """Print an answer; WorkError where it cannot be printed (a full disk, say)."""
    with printing():
        _print(text, sys.stdout)


def complain(text: str) -> None:
    """Print to stderr; where even that fails the exit code alone tells."""
    try:
        _print(text, sys.stderr)
    except OSError:
        _silence(sys.stderr)


def _print(text: str, stream: TextIO) -> None:
    encoding = getattr(stream, "encoding", None) or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding), file=stream)


def flush() -> None:
    """Send what was printed; WorkError where it cannot be sent."""
    with printing():
        if sys.stdout is not None:
            sys.stdout.flush()


@contextmanager
def printing() -> Iterator[None]:
    """WorkError for a disk that is full; silence where nobody reads any more."""
    try:
        yield
    except BrokenPipeError:
        _silence(sys.stdout)
        raise
    except OSError as error:
        _silence(sys.stdout)
        reason = error.strerror or type(error).__name__
        raise WorkError("the answer cannot be printed: {reason}", reason=reason) from None


def _silence(stream: TextIO) -> None:
    """Send the rest nowhere, so that the interpreter's last flush has nothing to complain of."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def show(args: argparse.Namespace, data: Callable[[], Any], text: Callable[[], str]) -> None:
    """Print the answer: one JSON object and nothing else, or text."""
    if args.json:
        from workbook.reports.strict_json import strict_json

        say(strict_json(data()).rstrip("\n"))
    elif told := text():
        say(told)
