"""Build a command line from a table of commands and arguments."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, NoReturn

from workbook.errors import Fault, InputError, Message, fault, quoted
from workbook.words import N_, Words

USAGE = N_("usage: ")
TITLES = (N_("options"), N_("positional arguments"))
ERRORS = (
    N_("the following arguments are required: %s"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("not allowed with argument %s"),
)
"""The messages of argparse that a user may see."""
GAP = re.compile(r"%(?:\((\w+)\))?[rs]")


class UnclearError(ValueError):
    """A typed value is ambiguous, or needs more information."""

    def __init__(self, question: Message) -> None:
        super().__init__(str(question))
        self.question = question


@dataclass(frozen=True)
class Kind:
    """A kind of value: its name, and how to parse it.

    `read` raises ValueError for an invalid value, and UnclearError for an ambiguous one.
    """

    name: str
    read: Callable[[str], Any]
    gaps: Mapping[str, object] = field(default_factory=dict)

    def reader(self, words: Words) -> Callable[[str], Any]:
        """Return the parser of a value; argparse takes the kind's name from the function."""

        def read(text: str) -> Any:
            try:
                return self.read(text)
            except UnclearError as error:
                raise argparse.ArgumentTypeError(words.message(error.question)) from None

        read.__name__ = words(self.name, **self.gaps)
        return read


@dataclass(frozen=True)
class Argument:
    """An argument of a command: its names, help and kind, and further settings of argparse."""

    names: tuple[str, ...]
    help: str
    kind: Kind | None
    settings: Mapping[str, Any]

    def add(self, to: argparse._ActionsContainer, words: Words) -> None:
        """Add it to a parser or to a group."""
        settings = dict(self.settings)
        if self.kind is not None:
            settings["type"] = self.kind.reader(words)
        text = words(self.help).replace("%", "%%")  # argparse would take it for a placeholder
        to.add_argument(*self.names, help=text, **settings)


def argument(*names: str, help: str, kind: Kind | None = None, **settings: Any) -> Argument:
    """Make an argument; `settings` are those of argparse."""
    return Argument(names, help, kind, settings)


@dataclass(frozen=True)
class Command:
    """A command: its purpose, its function, its arguments.

    Attributes
    ----------
    run
        Runs the command and returns its exit code.
    either
        Mutually exclusive arguments.
    """

    help: str
    run: Callable[[argparse.Namespace, Words], int]
    arguments: tuple[Argument, ...] = ()
    either: tuple[Argument, ...] = ()


def parser_of(about: str, commands: Mapping[str, Command], words: Words) -> Parser:
    """Return the parser of all commands, in the language of `words`."""
    parser = Parser(words, prog="workbook", description=about)
    version = words("show the version and exit")
    parser.add_argument("--version", nargs=0, action=_Version, help=version)
    added = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in commands.items():
        text = words(command.help)
        one: Parser = added.add_parser(name, words=words, help=text, description=text)
        lang = words("language to speak")
        one.add_argument("--lang", choices=("en", "zh"), default=words.lang, help=lang)
        one.add_argument(
            "--json", action="store_true", help=words("print one JSON object, nothing else")
        )
        either = one.add_mutually_exclusive_group() if command.either else one
        for each in command.arguments:
            each.add(one, words)
        for each in command.either:
            each.add(either, words)
    return parser


class Parser(argparse.ArgumentParser):
    """A parser whose errors are reported as faults, in the language of `words`."""

    def __init__(self, words: Words, **settings: Any) -> None:
        self._words = words
        formatter = lambda prog: _Formatter(prog, words)  # noqa: E731 - argparse takes a callable
        super().__init__(
            add_help=False,
            allow_abbrev=False,
            formatter_class=formatter,
            **settings,
        )
        text = words("show this help message and exit")
        self.add_argument("-h", "--help", action="help", help=text)

    def error(self, message: str) -> NoReturn:
        """Report what is wrong with the arguments."""
        text = _spoken(message, self._words)
        raise InputError(self.prog, [fault("", "{message}; see --help", message=text)])

    def format_help(self) -> str:
        """Return the help; argparse adds its own colon to a heading, in Chinese too."""
        return re.sub(r"(?<=[\u4e00-\u9fff]):$", "：", super().format_help(), flags=re.MULTILINE)

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse the arguments; report every unknown one with the nearest known one."""
        found, left = self.parse_known_args(args, namespace)
        if left:
            known = _options_of(self, found.command)
            options = [word for word in left if word.startswith("-")]  # otherwise their values
            faults = [_unknown(word, known) for word in options or left]
            raise InputError(f"{self.prog} {found.command}", faults)
        return found

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Report a value that is not allowed, with the nearest allowed one."""
        if action.choices is not None and value not in action.choices:
            near = get_close_matches(str(value), [str(choice) for choice in action.choices], n=1)
            if near:
                template = "unknown word {found}; did you mean '{known}'?"
                raise InputError(
                    self.prog, [fault("", template, found=quoted(str(value)), known=near[0])]
                )
        super()._check_value(action, value)

    def _print_message(self, message: str, file: Any = None) -> None:
        """Print help; argparse itself would ignore a full disk."""
        if file is not None:
            file.write(message)


class _Formatter(argparse.HelpFormatter):
    """argparse's formatter, with headings in the language of `words`."""

    def __init__(self, prog: str, words: Words) -> None:
        super().__init__(prog)
        self._words = words

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Add the usage line."""
        before = self._words(USAGE) if prefix is None else prefix
        super().add_usage(usage, actions, groups, before)

    def start_section(self, heading: str | None) -> None:
        """Start a group of arguments with its heading."""
        super().start_section(self._words(heading) if heading in TITLES else heading)


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: Any, **__: Any) -> NoReturn:
        import workbook

        parser._print_message(f"workbook {workbook.__version__}\n", sys.stdout)
        sys.exit(0)


def _spoken(message: str, words: Words) -> str:
    """Translate an error of argparse; an unknown message stays as it is."""
    for template in ERRORS:
        names = [name or "value" for name in GAP.findall(template)]
        parts = map(re.escape, GAP.sub("\0", template).split("\0"))
        found = re.fullmatch("(.*?)".join(parts), message, re.DOTALL)
        if found is not None:
            values = dict(zip(names, found.groups(), strict=True))
            values |= {"message": _spoken(values["message"], words)} if "message" in values else {}
            return _filled(words(template), values)
    return message


def _filled(template: str, values: Mapping[str, str]) -> str:
    return GAP.sub(lambda gap: values[gap[1] or "value"], template)


def _options_of(parser: Parser, command: str) -> list[str]:
    """Return the options of a command."""
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
