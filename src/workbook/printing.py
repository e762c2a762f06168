"""Printing: answers to stdout, errors to stderr, and what happens if the disk is full."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO

from workbook.errors import WorkError


def say(text: str) -> None:
    """Print an answer; raise WorkError if it cannot be printed (a full disk, for example)."""
    with printing():
        _print(text, sys.stdout)


def complain(text: str) -> None:
    """Print to stderr; if even that fails, only the exit code remains."""
    try:
        _print(text, sys.stderr)
    except OSError:
        _silence(sys.stderr)


def _print(text: str, stream: TextIO) -> None:
    encoding = getattr(stream, "encoding", None) or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding), file=stream)


def flush() -> None:
    """Flush stdout; raise WorkError if it cannot be written."""
    with printing():
        if sys.stdout is not None:
            sys.stdout.flush()


@contextmanager
def printing() -> Iterator[None]:
    """Turn a full disk into WorkError; stay silent when a pipe is closed."""
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
    """Discard the rest, so that the interpreter's last flush raises nothing."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def show(args: argparse.Namespace, data: Callable[[], Any], text: Callable[[], str]) -> None:
    """Print the answer: one JSON object and nothing else, or text."""
    if args.json:
        from workbook.reports.strict_json import strict_json

        say(strict_json(data()).rstrip("\n"))
    elif told := text():
        say(told)
