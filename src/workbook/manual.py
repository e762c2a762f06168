"""The manual's pages that the code itself tells: the keys of a plan, the rules, the commands.

`python -m workbook.manual` writes them into `docs/`, in both languages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from workbook.arguments import Argument, Command
from workbook.cases.file import put
from workbook.cases.yaml_data import fresh
from workbook.commands import COMMANDS
from workbook.plan import Plan
from workbook.reports.key_reference import reference
from workbook.review import RULES, Rule
from workbook.words import LANGUAGES, N_, Words

FOLDER = Path(__file__).parents[2] / "docs"
EXIT_CODES = (
    ("0", N_("the work is done")),
    ("1", N_("the work failed")),
    ("2", N_("the input is wrong; every fault is on stderr")),
    ("130", N_("interrupted; what was finished stays")),
)


def rules_page(words: Words) -> str:
    """Return the page of all rules as Markdown: what each finds, in an example, and when not."""
    paragraphs = [
        "# " + words("The rules"),
        words(
            "`workbook check`, the report and the builder hold a plan against these rules of the"
            " lecture, the most important first. A rule advises and never blocks; the sign after"
            " its name is the claim of the lecture that it rests on."
        ),
    ]
    for number, rule in enumerate(RULES, start=1):
        paragraphs += _rule(number, rule, words)
    return "\n\n".join(paragraphs) + "\n"


def _rule(number: int, rule: Rule, words: Words) -> Iterator[str]:
    yield f"## {number}. {words.message(rule.title)}"
    yield f"`{rule.id}` · {rule.claim}"
    found = next(example for example in rule.examples if example.finds)
    yield _yaml(found.plan)
    finding = next(rule.find(_plan(found.plan)))
    yield words("The rule finds:")
    yield "> " + words.message(finding.message)
    yield words("It finds nothing in this plan:")
    yield _yaml(next(example.plan for example in rule.examples if not example.finds))


def _plan(data: Mapping[str, Any]) -> Plan:
    return Plan.model_validate({"id": "example", **data})


def _yaml(data: Mapping[str, Any]) -> str:
    return f"```yaml\n{fresh({'id': 'example', **data}).rstrip()}\n```"


def commands_page(words: Words) -> str:
    """Return the page of all commands as Markdown: purpose, arguments, exit codes."""
    codes = [_row(code, words(meaning)) for code, meaning in EXIT_CODES]
    paragraphs = [
        "# " + words("The command line"),
        words(
            "Every command takes `--lang en|zh` (else your locale's language), `--json` (one JSON"
            " object, nothing else) and `--help`."
        ),
        "\n".join((_row(words("exit code"), words("meaning")), "| --- | --- |", *codes)),
    ]
    for name, command in COMMANDS.items():
        paragraphs += _command(name, command, words)
    return "\n\n".join(paragraphs) + "\n"


def _command(name: str, command: Command, words: Words) -> Iterator[str]:
    arguments = (*command.arguments, *command.either)
    usage = [_usage(argument) for argument in arguments if not argument.names[0].startswith("-")]
    yield "## `" + " ".join(["workbook", name, *usage]) + "`"
    purpose = words(command.help)
    yield words("{purpose}.", purpose=purpose[:1].upper() + purpose[1:])
    if arguments:
        rows = [_row(f"`{_usage(argument)}`", words(argument.help)) for argument in arguments]
        yield "\n".join((_row(words("argument"), words("what it does")), "| --- | --- |", *rows))
    if len(command.either) > 1:
        names = ", ".join(f"`{argument.names[0]}`" for argument in command.either)
        yield words("Only one of these at a time: {names}.", names=names)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _usage(argument: Argument) -> str:
    """Write an argument as it is typed: `PLAN...`, `--runs N`, `--exact`."""
    name, settings = argument.names[-1], argument.settings
    more = "..." if settings.get("nargs") in ("+", "*") else ""
    shown = settings.get("metavar") or "|".join(settings.get("choices", ()))
    if not name.startswith("-"):
        return f"{shown or name.upper()}{more}"
    takes_value = settings.get("action", "store") in ("store", "append")
    value = shown or name.lstrip("-").replace("-", "_").upper()
    return f"{name} {value}{more}" if takes_value else name


PAGES = {"plan-file": reference, "rules": rules_page, "commands": commands_page}


def file_name(page: str, lang: str) -> str:
    """Return the name of a page's file in a language: `rules.md`, `rules.zh.md`."""
    return f"{page}.md" if lang == "en" else f"{page}.{lang}.md"


if __name__ == "__main__":
    for lang in LANGUAGES:
        for page, written in PAGES.items():
            put(FOLDER / file_name(page, lang), written(Words(lang)))
