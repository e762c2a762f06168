"""The command line: arguments in, exit code out. What it says is found and said elsewhere.

Exit code 0: done; 1: the work failed; 2: the input is at fault (every fault on stderr). Heavy
rooms load inside the command that needs them, so that `--help` comes at once.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TextIO

from workbook.arguments import parser_of
from workbook.errors import InputError, WorkbookError, WorkError, fault
from workbook.words import Words

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; no traceback for what a user did."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    words = Words(_language(given))
    if os.getpid() == 1:  # a container's first process is not ended by a signal it has no answer to
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        try:
            return _run(given, words)
        finally:  # `--help` leaves through here too
            _flush()
    except WorkbookError as error:
        told = words.faults(error) if isinstance(error, InputError) else _told(error, words)
        _complain(told)
        return error.exit_code
    except KeyboardInterrupt:
        _complain(words("Interrupted. What was finished stays."))
        return INTERRUPTED
    except BrokenPipeError:  # whoever read the answer has gone: nobody to tell
        return 1


def _run(given: list[str], words: Words) -> int:
    own, passed_on = _split(given)
    with _printing():  # `--help` and `--version` answer here
        args = parser_of(words).parse_args(own)
    args.passed_on = passed_on
    if passed_on and args.command != "lab":
        template = "only `lab` takes arguments after `--`; found {found}"
        raise InputError("workbook", [fault("", template, found=" ".join(passed_on))])
    if args.lang != words.lang:
        words = Words(args.lang)
    return COMMANDS[args.command](args, words)


def _split(given: list[str]) -> tuple[list[str], list[str]]:
    place = given.index("--") if "--" in given else len(given)
    return given[:place], given[place + 1 :]


def _language(given: Sequence[str]) -> str:
    """The language asked for, else the locale's, else English; the parser checks it later."""
    for n, word in enumerate(given):
        asked = word.partition("=")[2] if word.startswith("--lang=") else ""
        asked = given[n + 1] if word == "--lang" and n + 1 < len(given) else asked
        if asked in ("en", "zh"):
            return asked
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "zh" if os.environ[name].lower().startswith("zh") else "en"
    return "en"


def _told(error: WorkbookError, words: Words) -> str:
    return words.message(error.message) if isinstance(error, WorkError) else str(error)


def _say(text: str) -> None:
    """Print an answer; WorkError where it cannot be printed (a full disk, say)."""
    with _printing():
        _print(text, sys.stdout)


def _complain(text: str) -> None:
    """Print to stderr; where even that fails the exit code alone tells."""
    try:
        _print(text, sys.stderr)
    except OSError:
        _silence(sys.stderr)


def _print(text: str, stream: TextIO) -> None:
    encoding = getattr(stream, "encoding", None) or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding), file=stream)


def _flush() -> None:
    with _printing():
        if sys.stdout is not None:
            sys.stdout.flush()


@contextmanager
def _printing() -> Iterator[None]:
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


def _show(args: argparse.Namespace, data: Callable[[], Any], text: Callable[[], str]) -> None:
    """Print the answer: one JSON object and nothing else, or text."""
    if args.json:
        from workbook.reports.strict_json import strict_json

        _say(strict_json(data()).rstrip("\n"))
    elif told := text():
        _say(told)


def _keep_work_in(home: str | None) -> None:
    from workbook.places import keep_in

    if home is not None:
        keep_in(home)


def _lab(args: argparse.Namespace, words: Words) -> int:
    from workbook.lab import open_lab

    _keep_work_in(args.home)
    return open_lab(words, args.passed_on, _complain, app=args.app, start=not args.copy)


def _check(args: argparse.Namespace, words: Words) -> int:
    from workbook.reports.terminal import check_data, check_text, checked

    results = [checked(source) for source in args.plan]
    _show(args, lambda: check_data(results, words), lambda: check_text(results, words))
    faulty = [result.error for result in results if result.error is not None]
    for error in faulty:
        _complain(words.faults(error))
    return 2 if faulty else 0


def _play(args: argparse.Namespace, words: Words) -> int:
    from workbook.play import How, play
    from workbook.reports.task import plan_named
    from workbook.reports.terminal import play_text, prepared

    plan = plan_named(args.plan)[0].plan
    plan, choices = prepared(plan, args.option, skip=args.skip, order=args.order)
    how: How = "exact" if args.exact else "auto" if args.runs is None else "simulated"
    played = play(plan, choices, runs=args.runs or 10_000, seed=args.seed, how=how)
    _show(args, played.as_json, lambda: play_text(played, words))
    return 0


def _compare(args: argparse.Namespace, words: Words) -> int:
    from workbook.reports.comparing import compare_text, compared
    from workbook.reports.progress import progress
    from workbook.reports.task import plan_named
    from workbook.reports.terminal import prepared

    plan, choices = prepared(plan_named(args.plan)[0].plan, args.option)
    with progress(words("What-ifs")) as told:
        found = compared(plan, args.fork, args.what_if, choices, args.runs, args.seed, told)
    _show(args, found.as_json, lambda: compare_text(found, words))
    return 0


def _order(args: argparse.Namespace, words: Words) -> int:
    from workbook.reports.ordering import order_text
    from workbook.reports.progress import progress
    from workbook.reports.task import plan_named
    from workbook.reports.terminal import prepared
    from workbook.sequence import rank
    from workbook.standing import standpoint

    plan, choices = prepared(standpoint(plan_named(args.plan)[0].plan), args.option)
    with progress(words("Orders")) as told:
        ranking = rank(plan, choices, runs=args.runs, seed=args.seed, told=told)
    _show(args, ranking.as_json, lambda: order_text(ranking, plan, words))
    return 0


def _solve(args: argparse.Namespace, words: Words) -> int:
    from workbook.reports.solving import solve_text, solved
    from workbook.reports.task import plan_named
    from workbook.reports.terminal import prepared

    plan, choices = prepared(plan_named(args.plan)[0].plan, args.option)
    lives = {"runs": args.runs, "seed": args.seed}
    found = solved(plan, args.by, args.wanted, choices, **lives)
    _show(args, found.as_json, lambda: solve_text(found, words))
    return 0


def _log(args: argparse.Namespace, words: Words) -> int:
    from workbook.reports.logbook import log, log_text

    entry = (args.milestone, args.result, args.week, args.cash, args.note)
    logged = log(args.plan, *entry, runs=args.runs, seed=args.seed)
    _show(args, logged.as_json, lambda: log_text(logged, words))
    return 0


def _report(args: argparse.Namespace, words: Words) -> int:
    from workbook.reports.command import make_reports

    batch = make_reports(args, words, _complain)
    _show(args, lambda: batch.data(words), lambda: batch.text(words))
    return batch.exit_code


def _collect(args: argparse.Namespace, words: Words) -> int:
    from pathlib import Path
    from time import sleep

    from workbook.reports.strict_json import json_line
    from workbook.workshop.collect import Collected, collect
    from workbook.workshop.watch import watch

    def tell(now: Collected) -> None:
        _say(json_line(now.as_json(words)) if args.json else now.text(words))
        _flush()  # whoever reads a pipe hears of each look at once

    folder, out = Path(args.folder), Path(args.out)
    if args.watch:
        watch(folder, out, words, args.watch, tell, _complain, sleep)
    collected = collect(folder, out, words)
    _show(args, lambda: collected.as_json(words), lambda: collected.text(words))
    return 0


def _doctor(args: argparse.Namespace, words: Words) -> int:
    _keep_work_in(args.home)
    from workbook.doctor import examine
    from workbook.doctor.text import doctor_data, doctor_text

    findings = examine()
    _show(args, lambda: doctor_data(findings, words), lambda: doctor_text(findings, words))
    return 1 if any(finding.state == "fault" for finding in findings.values()) else 0


def _new(args: argparse.Namespace, words: Words) -> int:
    from workbook.reports.starter import start

    read_as = {"encoding": args.encoding, "given": dict(args.map)}
    path, notes = start(args.name, args.source, words, **read_as)
    told = [words("{file} is yours. Edit it, then: workbook check {file}", file=str(path))]
    told += [words.message(note) for note in notes]
    _show(args, lambda: {"file": str(path), "notes": told[1:]}, lambda: "\n".join(told))
    return 0


COMMANDS: dict[str, Callable[[argparse.Namespace, Words], int]] = {
    "lab": _lab,
    "check": _check,
    "play": _play,
    "compare": _compare,
    "order": _order,
    "solve": _solve,
    "log": _log,
    "report": _report,
    "collect": _collect,
    "doctor": _doctor,
    "new": _new,
}
