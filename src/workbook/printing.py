"""How the command line prints and asks.

Answers go to stdout, errors to stderr, and a full disk is an error, too.
"""

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


def show(args: argparse.Namespace, data: Callable[[], Any], text: Callable[[], str]) -> int:
    """Print the answer, one JSON object and nothing else, or text; return the exit code 0."""
    if args.json:
        from workbook.reports.task import strict_json

        say(strict_json(data()).rstrip("\n"))
    elif answer := text():
        say(answer)
    return 0


def typed(prompt: str) -> str | None:
    """Print a prompt and return the line that is typed; None when there is no more input."""
    with printing():
        try:
            return input(prompt)
        except (EOFError, KeyboardInterrupt):
            print()
        except UnicodeDecodeError:
            return "-"
    return None
