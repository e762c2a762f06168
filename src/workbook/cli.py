"""The command line: parse arguments, run the command, return an exit code.

Exit code 0: done; 1: the work failed; 2: the input is wrong (every fault on stderr).
"""

from __future__ import annotations

import os
import signal
import sys
from _thread import interrupt_main
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Timer

from workbook.arguments import parser_of
from workbook.commands import COMMANDS
from workbook.errors import InputError, WorkbookError, WorkError, fault, shown
from workbook.printing import complain, flush, printing
from workbook.words import N_, Words

ABOUT = N_("Play a startup's chain of milestones before paying for it.")
INTERRUPTED = 130
MOMENT_SECONDS = 0.01


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; users never see a traceback."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    words = Words(_language(given))
    if os.getpid() == 1:  # without a handler, a container's first process ignores the signal
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        try:
            return _run(given, words)
        finally:  # `--help` leaves through here too
            flush()
    except WorkbookError as error:
        complain(_text(error, words))
        return error.exit_code
    except ModuleNotFoundError as error:
        if (sentence := _lacking(error, words)) is None:
            raise
        complain(sentence)
        return WorkError.exit_code
    except KeyboardInterrupt:
        complain(words("Interrupted. What was finished stays."))
        return INTERRUPTED
    except BrokenPipeError:  # the reader of the pipe has gone: there is nobody to report to
        return 1
    except OSError as error:
        return _unusable(error, given, words)


@contextmanager
def interruptible() -> Iterator[None]:
    """Interrupt once more where Python drops an interrupt: in a finaliser or a callback of C."""
    before = sys.unraisablehook

    def hook(dropped: sys.UnraisableHookArgs) -> None:
        if issubclass(dropped.exc_type, KeyboardInterrupt):
            Timer(MOMENT_SECONDS, interrupt_main).start()  # here it would be dropped again
        else:
            before(dropped)

    sys.unraisablehook = hook
    try:
        yield
    finally:
        sys.unraisablehook = before


def _unusable(error: OSError, given: Sequence[str], words: Words) -> int:
    """Report a file that the system refuses: a name too long, a full disk."""
    reason, file = error.strerror or type(error).__name__, str(error.filename or "")
    complain(words("{file} cannot be used: {reason}", file=shown(file), reason=reason))
    return InputError.exit_code if file in given else WorkError.exit_code


BROUGHT_BY = {
    "lab": ("jinja2", "jupyter_core", "jupyterlab", "segno", "tornado"),
    "reports": (
        *("ipykernel", "jupyter_client", "nbclient", "nbconvert", "nbformat"),
        *("openpyxl", "papermill"),
    ),
}
"""The packages that an extra of the workbook brings, or what it brings does."""


def extra_of(module: str) -> str | None:
    """Return the extra that brings a module; None for a module that is no extra's.

    >>> extra_of("papermill.engines"), extra_of("numpy")
    ('reports', None)
    """
    top = module.partition(".")[0]
    return next((extra for extra, names in BROUGHT_BY.items() if top in names), None)


def _lacking(error: ModuleNotFoundError, words: Words) -> str | None:
    """Say which extra brings a missing package; None if no extra does."""
    extra = extra_of(error.name or "")
    if extra is None:
        return None
    template = "This needs {package}, which is not installed: pip install {name}"
    package = (error.name or "").partition(".")[0]
    return words(template, package=package, name=f"'milestone-workbook[{extra}]'")


@interruptible()
def _run(given: list[str], words: Words) -> int:
    own, passed_on = _split(given)
    with printing():  # `--help` and `--version` answer here
        args = parser_of(words(ABOUT), COMMANDS, words).parse_args(own)
    args.passed_on = passed_on
    if passed_on and args.command != "lab":
        template = "only `lab` takes arguments after `--`; found {found}"
        raise InputError("workbook", [fault("", template, found=" ".join(passed_on))])
    if args.lang != words.lang:
        words = Words(args.lang)
    return COMMANDS[args.command].run(args, words)


def _split(given: list[str]) -> tuple[list[str], list[str]]:
    place = given.index("--") if "--" in given else len(given)
    return given[:place], given[place + 1 :]


def _language(given: Sequence[str]) -> str:
    """Return the requested language, else the locale's, else English; checked later."""
    for n, word in enumerate(given):
        asked = word.partition("=")[2] if word.startswith("--lang=") else ""
        asked = given[n + 1] if word == "--lang" and n + 1 < len(given) else asked
        if asked in ("en", "zh"):
            return asked
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "zh" if os.environ[name].lower().startswith("zh") else "en"
    return "en"


def _text(error: WorkbookError, words: Words) -> str:
    if isinstance(error, InputError):
        return words.faults(error)
    return words.message(error.message) if isinstance(error, WorkError) else str(error)
