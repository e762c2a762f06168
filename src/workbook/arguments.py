"""The arguments of the command line: which commands there are, and what each takes."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any, NoReturn, TypeVar

from workbook.amounts import Kind, read
from workbook.amounts.reader import PLAIN_REFUSALS
from workbook.errors import Fault, InputError, fault
from workbook.words import N_, Words

T = TypeVar("T")

ARGPARSE = (
    N_("the following arguments are required: %s"),
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

    def format_help(self) -> str:
        """The help; argparse ends a heading with a colon of its own, in Chinese too."""
        return re.sub(r"(?<=[\u4e00-\u9fff]):$", "：", super().format_help(), flags=re.MULTILINE)

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """The arguments; every one that is unknown is a fault, with the nearest that is known."""
        found, left = self.parse_known_args(args, namespace)
        if left:
            known = _options_of(self, found.command)
            options = [word for word in left if word.startswith("-")]  # else values of these
            faults = [_unknown(word, known) for word in options or left]
            raise InputError(f"{self.prog} {found.command}", faults)
        return found

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """A word that is none of those allowed, told with the nearest."""
        if action.choices is not None and value not in action.choices:
            near = get_close_matches(str(value), [str(choice) for choice in action.choices], n=1)
            if near:
                template = "unknown word {found}; did you mean '{known}'?"
                raise InputError(
                    self.prog, [fault("", template, found=f"'{value}'", known=near[0])]
                )
        super()._check_value(action, value)

    def _print_message(self, message: str, file: Any = None) -> None:
        """Print help; argparse itself would pass over a disk that is full."""
        if file is not None:
            file.write(message)


def _options_of(parser: Parser, command: str) -> list[str]:
    """The options that a command takes."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return list(action.choices[command]._option_string_actions)
    return []


def _unknown(word: str, known: list[str]) -> Fault:
    near = get_close_matches(word.partition("=")[0], known, n=1)
    if near:
        return fault("", "unknown option {found}; did you mean {known}?", found=word, known=near[0])
    if word.startswith("-"):
        return fault("", "unknown option {found}; see --help", found=word)
    return fault("", "{found} is one argument too many; see --help", found=word)


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: Any, **__: Any) -> NoReturn:
        import workbook

        parser._print_message(f"workbook {workbook.__version__}\n", sys.stdout)
        sys.exit(0)


def parser_of(w: Words) -> Parser:
    """The parser of every command, speaking the words' language."""
    argparse._ = w  # type: ignore[attr-defined]  # argparse speaks through this name
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

    lab = w("open JupyterLab on the start notebook; what follows `--` goes to JupyterLab")
    _lab_arguments(command("lab", lab), w)
    _plans(command("check", w("tell every fault of a plan, then what the rules ask of it")), w)
    _play_arguments(command("play", w("play a plan: fates, milestones, runway")), w)
    _compare_arguments(command("compare", w("what-ifs beside the plan, on the same luck")), w)
    _order_arguments(command("order", w("your order among all, the best one, and why")), w)
    _solve_arguments(command("solve", w("the value that a wanted chance of the goal needs")), w)
    _log_arguments(command("log", w("write down what happened; the odds before and after")), w)
    _report_arguments(command("report", w("write pages, data and an index")), w)
    _collect_arguments(command("collect", w("a class's hand-ins into one table and one wall")), w)
    _home(command("doctor", w("look at this machine; one line to mend each fault")), w)
    new = command("new", w("write a plan file to start from"))
    _new_arguments(new, w)
    return parser


def _new_arguments(parser: Parser, w: Words) -> None:
    parser.add_argument("name", metavar="NAME", help=w("id of the new plan; the file is NAME.yaml"))
    source = w("a shipped case to start from, or a table of milestones: .csv, .tsv or .xlsx")
    parser.add_argument("--from", dest="source", metavar="CASE|TABLE", help=source)
    _table_arguments(parser, w)


def _lab_arguments(parser: Parser, w: Words) -> None:
    app = w("open your own chain as a page without code (needs Voila), for whoever has the token")
    parser.add_argument("--app", action="store_true", help=app)
    copy = w("only copy the notebooks that are not there yet, for a hub that starts by itself")
    parser.add_argument("--copy", action="store_true", help=copy)
    _home(parser, w)


def _home(parser: Parser, w: Words) -> None:
    kept = w("keep your work in this folder (else WORKBOOK_HOME, else one of its own)")
    parser.add_argument("--home", metavar="DIR", help=kept)


def _plans(parser: Parser, w: Words) -> None:
    parser.add_argument("plan", nargs="+", metavar="PLAN", help=w("a plan file, or a case's id"))


def _chance(parser: Parser, w: Words) -> None:
    parser.add_argument("--seed", type=_whole(0, w), default=1, metavar="N", help=w("fixes chance"))


def _lives(parser: Parser, w: Words) -> None:
    lives = w("lives to play")
    parser.add_argument("--runs", type=_whole(1, w), default=10_000, metavar="N", help=lives)
    _chance(parser, w)


def _options(parser: Parser, w: Words) -> None:
    option = w("take this option at this fork")
    parser.add_argument(
        "--option", type=_pair(w), action="append", default=[], metavar="FORK=OPTION", help=option
    )


def _play_arguments(parser: Parser, w: Words) -> None:
    parser.add_argument("plan", metavar="PLAN", help=w("a plan file, or a case's id"))
    method = parser.add_mutually_exclusive_group()
    method.add_argument("--runs", type=_whole(1, w), metavar="N", help=w("simulate so many lives"))
    method.add_argument("--exact", action="store_true", help=w("compute exactly, or say why not"))
    _chance(parser, w)
    _options(parser, w)
    parser.add_argument(
        "--skip", action="append", default=[], metavar="ID", help=w("leave a milestone out")
    )
    parser.add_argument(
        "--order", type=_ids(w), default=[], metavar="A,B,C", help=w("attempt in this order")
    )


def _compare_arguments(parser: Parser, w: Words) -> None:
    parser.add_argument("plan", metavar="PLAN", help=w("a plan file, or a case's id"))
    parser.add_argument("--fork", metavar="ID", help=w("compare the options of this fork"))
    what_if = w("an edit: skip:ID, certain:ID, faster:ID, better:ID, race:ID=K, cash:+N, burn:-N")
    parser.add_argument("--what-if", action="append", default=[], metavar="EDIT", help=what_if)
    _options(parser, w)
    _lives(parser, w)


def _order_arguments(parser: Parser, w: Words) -> None:
    parser.add_argument("plan", metavar="PLAN", help=w("a plan file, or a case's id"))
    _options(parser, w)
    _lives(parser, w)
    parser.set_defaults(runs=2_000)


def _solve_arguments(parser: Parser, w: Words) -> None:
    parser.add_argument("plan", metavar="PLAN", help=w("a plan file, or a case's id"))
    wanted = w("the chance wanted: 80% or 0.8")
    parser.add_argument(
        "--for", dest="wanted", type=_share(w), default=0.8, metavar="P", help=wanted
    )
    figure = w("cash, week, pass_rate:ID, or belief:ID (test it, or skip it?)")
    parser.add_argument("--by", default="cash", metavar="FIGURE", help=figure)
    _options(parser, w)
    _lives(parser, w)


def _log_arguments(parser: Parser, w: Words) -> None:
    parser.add_argument("plan", metavar="PLAN", help=w("your plan file"))
    parser.add_argument("--milestone", metavar="ID", help=w("the milestone that was attempted"))
    parser.add_argument("--result", choices=("passed", "failed"), help=w("how the attempt ended"))
    parser.add_argument("--week", type=_whole(0, w), metavar="N", help=w("the week it ended in"))
    parser.add_argument("--cash", type=_amount(w), metavar="N", help=w("the cash counted then"))
    parser.add_argument("--note", default="", metavar="TEXT", help=w("a note of your own"))
    _lives(parser, w)


def _report_arguments(parser: Parser, w: Words) -> None:
    named = w("a plan file, a case's id, a folder of plans, or a class file (.csv, .xlsx)")
    parser.add_argument("plan", nargs="+", metavar="PLAN", help=named)
    parser.add_argument("--out", default="reports", metavar="DIR", help=w("folder to write to"))
    at_once = w("reports made at once; as many as there are processors if not given")
    parser.add_argument("--jobs", type=_whole(1, w), metavar="N", help=at_once)
    scheduler = w("have them made by Dask: a scheduler's address, or `local`")
    parser.add_argument("--scheduler", metavar="ADDRESS", help=scheduler)
    parser.add_argument("--force", action="store_true", help=w("make every report anew"))
    parser.add_argument("--pdf", action="store_true", help=w("PDFs too, where a Chromium is there"))
    _table_arguments(parser, w)
    _options(parser, w)
    _lives(parser, w)


def _table_arguments(parser: Parser, w: Words) -> None:
    encoding = w("how a table of text is encoded, where it is read wrongly: cp1250, shift_jis")
    parser.add_argument("--encoding", metavar="NAME", help=encoding)
    mapped = w("the column HEADER of a table is the one called COLUMN; `-` leaves it aside")
    parser.add_argument(
        "--map", type=_header(w), action="append", default=[], metavar="HEADER=COLUMN", help=mapped
    )


def _collect_arguments(parser: Parser, w: Words) -> None:
    parser.add_argument("folder", metavar="FOLDER", help=w("the folder with the hand-ins"))
    parser.add_argument("--out", default="wall", metavar="DIR", help=w("folder to write to"))
    again = w("look again every N seconds, until interrupted")
    parser.add_argument("--watch", type=_whole(1, w), default=0, metavar="N", help=again)


def _named(name: str, read: Callable[[str], T]) -> Callable[[str], T]:
    """A type under the name that argparse calls it by when a value does not fit."""
    read.__name__ = name
    return read


def _whole(least: int, w: Words) -> Callable[[str], int]:
    def whole_number(text: str) -> int:
        value = _figure(text, "count", w)
        if value < least:
            raise ValueError
        return int(value)

    return _named(w("whole number (≥ {least})", least=least), whole_number)


def _share(w: Words) -> Callable[[str], float]:
    def share(text: str) -> float:
        value = _figure(text, "share", w)
        if not value > 0:
            raise ValueError
        return value

    return _named(w("chance (0 … 1)"), share)


def _amount(w: Words) -> Callable[[str], str]:
    """An amount as it was typed; the plan, which knows its currency, reads it once more."""

    def amount(text: str) -> str:
        _figure(text, "money", w)
        return text

    return _named(w("number"), amount)


def _figure(text: str, kind: Kind, w: Words) -> float:
    """The figure that was typed; ValueError for what is none, a question where it asks one."""
    reading = read(text, kind)
    if isinstance(reading.value, (int, float)):
        return reading.value
    if reading.trouble is None or reading.trouble.template in PLAIN_REFUSALS:
        raise ValueError
    raise argparse.ArgumentTypeError(w.message(reading.trouble))


def _pair(w: Words) -> Callable[[str], tuple[str, str]]:
    def pair(text: str) -> tuple[str, str]:
        fork, found, option = text.partition("=")
        if not (fork and found and option):
            raise ValueError
        return fork, option

    return _named(w("FORK=OPTION"), pair)


def _header(w: Words) -> Callable[[str], tuple[str, str]]:
    def header(text: str) -> tuple[str, str]:
        head, found, column = text.rpartition("=")
        if not (head.strip() and found and column.strip()):
            raise ValueError
        return head.strip(), column.strip()

    return _named(w("HEADER=COLUMN"), header)


def _ids(w: Words) -> Callable[[str], list[str]]:
    def ids(text: str) -> list[str]:
        found = [id.strip() for id in text.split(",") if id.strip()]
        if not found:
            raise ValueError
        return found

    return _named(w("A,B,C"), ids)
