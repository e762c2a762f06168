"""The command line: arguments in, exit code out. What it says is found and said elsewhere.

Exit code 0: done; 1: the work failed; 2: the input is at fault (every fault on stderr). Heavy
rooms load inside the command that needs them, so that `--help` comes at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from workbook.errors import InputError, WorkbookError, WorkError, fault
from workbook.words import N_, Words

INTERRUPTED = 130
ARGPARSE = (
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("not allowed with argument %s"),
    N_("options"),
    N_("positional arguments"),
    N_("usage: "),
    N_("show this help message and exit"),
)
"""The sentences of argparse that a user may see; it asks gettext for them by these keys."""


class Parser(argparse.ArgumentParser):
    """A parser whose errors are faults, told like every other one."""

    def error(self, message: str) -> NoReturn:
        """Tell what is wrong with the arguments."""
        raise InputError(self.prog, [fault("", "{message}; see --help", message=message)])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; no traceback for what a user did."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    words = Words(_language(given))
    try:
        return _run(given, words)
    except WorkbookError as error:
        told = words.faults(error) if isinstance(error, InputError) else _told(error, words)
        _say(told, to=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        _say(words("Interrupted. What was finished stays."), to=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # silence the last flush
        return 1


def _run(given: list[str], words: Words) -> int:
    argparse._ = words  # type: ignore[attr-defined]  # argparse speaks through this name
    own, passed_on = _split(given)
    args = _parser(words).parse_args(own)
    args.passed_on = passed_on
    if passed_on and args.command != "lab":
        template = "only `lab` takes arguments after `--`; found {found}"
        raise InputError("workbook", [fault("", template, found=" ".join(passed_on))])
    if args.lang != words.lang:
        words = Words(args.lang)
    code: int = COMMANDS[args.command](args, words)
    sys.stdout.flush()
    return code


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


def _say(text: str, to: Any = None) -> None:
    stream = to or sys.stdout
    encoding = getattr(stream, "encoding", None) or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding), file=stream)


def _show(args: argparse.Namespace, data: Callable[[], Any], text: Callable[[], str]) -> None:
    """Print the answer: one JSON object and nothing else, or text."""
    if args.json:
        from workbook.reports.strict_json import strict_json

        _say(strict_json(data()).rstrip("\n"))
    else:
        _say(text())


def _lab(args: argparse.Namespace, words: Words) -> int:
    from workbook.lab import open_lab

    return open_lab(words, args.passed_on, lambda line: _say(line, to=sys.stderr))


def _check(args: argparse.Namespace, words: Words) -> int:
    from workbook.reports.terminal import check_data, check_text, checked

    results = [checked(source) for source in args.plan]
    _show(args, lambda: check_data(results, words), lambda: check_text(results, words))
    faulty = [result.error for result in results if result.error is not None]
    for error in faulty:
        _say(words.faults(error), to=sys.stderr)
    return 2 if faulty else 0


def _play(args: argparse.Namespace, words: Words) -> int:
    from workbook.play import How, play
    from workbook.reports.task import plan_named
    from workbook.reports.terminal import play_text, prepared

    plan = plan_named(args.plan)[0].plan
    choices = dict(args.option)
    plan = prepared(plan, skip=args.skip, order=args.order)
    how: How = "exact" if args.exact else "auto" if args.runs is None else "simulated"
    played = play(plan, choices, runs=args.runs or 10_000, seed=args.seed, how=how)
    _show(args, played.as_json, lambda: play_text(played, words))
    return 0


def _report(args: argparse.Namespace, words: Words) -> int:
    from workbook.reports.command import make_reports

    batch = make_reports(args, words, lambda line: _say(line, to=sys.stderr))
    _show(args, lambda: batch.data(words), lambda: batch.text(words))
    return batch.exit_code


def _new(args: argparse.Namespace, words: Words) -> int:
    from workbook.reports.starter import start

    path = start(args.name, args.source, words)
    _show(
        args,
        lambda: {"file": str(path)},
        lambda: words("{file} is yours. Edit it, then: workbook check {file}", file=str(path)),
    )
    return 0


COMMANDS: dict[str, Callable[[argparse.Namespace, Words], int]] = {
    "lab": _lab,
    "check": _check,
    "play": _play,
    "report": _report,
    "new": _new,
}


class _Version(argparse.Action):
    def __call__(self, *_: Any, **__: Any) -> NoReturn:
        import workbook

        print(f"workbook {workbook.__version__}")
        sys.exit(0)


def _parser(w: Words) -> Parser:
    parser = Parser(
        prog="workbook",
        description=w("Play a startup's chain of milestones before paying for it."),
        allow_abbrev=False,
    )
    parser.add_argument("--version", nargs=0, action=_Version, help=w("show the version and exit"))
    common = Parser(add_help=False, allow_abbrev=False)
    common.add_argument("--lang", choices=("en", "zh"), default=w.lang, help=w("language to speak"))
    common.add_argument(
        "--json", action="store_true", help=w("print one JSON object, nothing else")
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, help: str) -> Parser:
        added: Parser = commands.add_parser(
            name, help=help, description=help, parents=[common], allow_abbrev=False
        )
        return added

    command("lab", w("open JupyterLab on the start notebook; what follows `--` goes to JupyterLab"))
    _plans(command("check", w("tell every fault of a plan, then what the rules ask of it")), w)
    _play_arguments(command("play", w("play a plan: fates, milestones, runway")), w)
    _report_arguments(command("report", w("write pages, data and an index")), w)
    new = command("new", w("write a plan file to start from"))
    new.add_argument("name", metavar="NAME", help=w("id of the new plan; the file is NAME.yaml"))
    new.add_argument(
        "--from", dest="source", metavar="CASE", help=w("a shipped case to start from")
    )
    return parser


def _plans(parser: Parser, w: Words) -> None:
    parser.add_argument("plan", nargs="+", metavar="PLAN", help=w("a plan file, or a case's id"))


def _chance(parser: Parser, w: Words) -> None:
    parser.add_argument("--seed", type=_whole(0), default=1, metavar="N", help=w("fixes chance"))


def _play_arguments(parser: Parser, w: Words) -> None:
    parser.add_argument("plan", metavar="PLAN", help=w("a plan file, or a case's id"))
    method = parser.add_mutually_exclusive_group()
    method.add_argument("--runs", type=_whole(1), metavar="N", help=w("simulate so many lives"))
    method.add_argument("--exact", action="store_true", help=w("compute exactly, or say why not"))
    _chance(parser, w)
    option = w("take this option at this fork")
    parser.add_argument(
        "--option", type=_pair, action="append", default=[], metavar="FORK=OPTION", help=option
    )
    parser.add_argument(
        "--skip", action="append", default=[], metavar="ID", help=w("leave a milestone out")
    )
    parser.add_argument(
        "--order", type=_ids, default=[], metavar="A,B,C", help=w("attempt in this order")
    )


def _report_arguments(parser: Parser, w: Words) -> None:
    _plans(parser, w)
    parser.add_argument("--out", default="reports", metavar="DIR", help=w("folder to write to"))
    parser.add_argument(
        "--jobs", type=_whole(1), default=1, metavar="N", help=w("reports made at once")
    )
    parser.add_argument("--force", action="store_true", help=w("make every report anew"))
    parser.add_argument(
        "--runs", type=_whole(1), default=10_000, metavar="N", help=w("lives to play")
    )
    _chance(parser, w)


def _whole(least: int) -> Callable[[str], int]:
    def whole_number(text: str) -> int:
        value = int(text)
        if value < least:
            raise ValueError
        return value

    whole_number.__name__ = f"number (≥ {least})"
    return whole_number


def _pair(text: str) -> tuple[str, str]:
    fork, found, option = text.partition("=")
    if not (fork and found and option):
        raise ValueError
    return fork, option


_pair.__name__ = "FORK=OPTION"


def _ids(text: str) -> list[str]:
    return [id.strip() for id in text.split(",") if id.strip()]
