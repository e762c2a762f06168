"""The file that a participant hands in: bets, a chain, and what they will test next.

The file is pure data; collecting it never executes anything. Its receipt is a short hash of its
content: participants can read it aloud, and a file that was changed later is noticed.

A class can bet on the forks of the lessons; continuing with the plan as written is an option where
the lesson offers it. Bets in hand-ins are checked against these forks, so that invented names never
reach the wall.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from workbook.errors import Fault, InputError, Message, fault
from workbook.lesson.comparisons import contenders
from workbook.lesson.opening import with_stay_option
from workbook.lesson.programme import LESSONS, case_of
from workbook.plan import Plan, Text
from workbook.play import play_many

VERSION = 1
SUFFIX = ".workbook.json"
MOST_BYTES = 1_000_000
MOST_PLAN = 200_000
"""Characters in the text of a plan."""
STEPS = ("bet", "reveal", "chain", "proof", "kill-line", "next-test")
LATER_KEYS = ("rehearsal", "own_id")
"""Keys that the first hand-ins did not have; their receipts leave them out where they are empty."""
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base-32 alphabet, without the ambiguous letters I, L, O and U."""

Short = Annotated[str, Field(max_length=400)]
Key = Annotated[str, Field(max_length=200)]


class Stake(BaseModel):
    """A bet at a fork: the choice, the confidence (0.5 to 1), and the choice after the reveal."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    choice: Key
    confidence: float = Field(ge=0.5, le=1)
    now: Key = ""


class HandIn(BaseModel):
    """A hand-in.

    Attributes
    ----------
    person
        A random code made on the participant's computer. Two hand-ins with the same code are two
        versions by one person. It does not identify the person.
    name
        The name shown to the facilitator; may be empty. Never shown on the wall.
    edition
        1 for the person's first hand-in, 2 for the second, and so on. It orders versions even
        when a clock is wrong.
    made
        Time in UTC, ISO 8601, by the participant's clock.
    bets
        By `case/fork`.
    plan
        The chain as the text of a plan file; empty if there is no chain yet.
    kill_line, next_test
        In the participant's words: when to stop, and what to test within seven days.
    rehearsal
        The line of the participant's first finished rehearsal on the luck of the class; empty
        without one, and in the hand-ins of earlier versions.
    own_id
        The participant's own number or account, as the class list and the gradebook have it; may
        be empty. Never shown on the wall.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    workbook_entry: Literal[1] = 1
    person: Annotated[str, Field(min_length=1, max_length=64)]
    name: Short = ""
    lang: Literal["en", "zh"] = "en"
    edition: int = Field(default=1, ge=1, le=1_000_000)
    made: Annotated[str, Field(max_length=40)]
    bets: Annotated[Mapping[Key, Stake], Field(max_length=50)] = Field(default_factory=dict)
    plan: Annotated[str, Field(max_length=MOST_PLAN)] = ""
    kill_line: Short = ""
    next_test: Short = ""
    rehearsal: Annotated[str, Field(max_length=MOST_PLAN)] = ""
    own_id: Short = ""
    receipt: Annotated[str, Field(max_length=20)] = ""

    def sealed(self) -> HandIn:
        """Return a copy whose receipt matches its content."""
        return self.model_copy(update={"receipt": receipt(self)})

    @property
    def whole(self) -> bool:
        """Whether the receipt matches the content."""
        return self.receipt == receipt(self)

    def text(self) -> str:
        """Return the content of the file, as JSON."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


def receipt(entry: HandIn) -> str:
    """Return eight characters made from the content of a hand-in, such as `7Q4K-M0ZD`.

    In a class of sixty, two receipts collide about twice in a billion classes. Without a rehearsal
    or an own number it is that of the versions which had none.
    """
    left_out = {"receipt", *(key for key in LATER_KEYS if not getattr(entry, key))}
    content = json.dumps(
        entry.model_dump(mode="json", exclude=left_out), ensure_ascii=False, sort_keys=True
    )
    number = int.from_bytes(hashlib.sha256(content.encode("utf-8", "replace")).digest()[:5])
    code = "".join(LETTERS[number >> 5 * digit & 31] for digit in reversed(range(8)))
    return f"{code[:4]}-{code[4:]}"


def read_hand_in(data: bytes, source: str) -> HandIn:
    """Read a hand-in from the bytes of its file.

    A byte order mark, UTF-16 and other line endings, which mail and editors add, are accepted.

    Raises
    ------
    InputError
        With every fault, if this is not a hand-in.
    """
    with suppress(ValueError):  # not text: reported as a fault below
        data = data.decode(json.detect_encoding(data)).encode()
    try:
        return HandIn.model_validate_json(data)
    except ValidationError as error:
        raise InputError(source, _faults(error)) from None


def _faults(error: ValidationError) -> list[Fault]:
    """Translate pydantic's errors into faults for people who did not write the file by hand."""
    wrong = error.errors(include_url=False, include_context=False, include_input=False)
    if any(fault["type"] == "json_invalid" for fault in wrong):
        return [Fault("", Message("this JSON file is incomplete; ask for it to be sent again"))]
    places = [".".join(str(part)[:60] for part in fault["loc"]) for fault in wrong]
    if "workbook_entry" in places or "" in places:
        template = "this is not a hand-in of this version; update the workbook, or skip the file"
        return [Fault("", Message(template))]
    template = "this value is not valid; ask for the file to be handed in again"
    return [Fault(place, Message(template)) for place in places[:20]]


RUNS = 4_000


@dataclass(frozen=True)
class BetFork:
    """A fork of a lesson.

    Attributes
    ----------
    key
        `case/fork`.
    name
        The fork's name; `case` is the title of its case.
    options
        Option names by option id.
    plan
        The plan with all these options at the fork.
    """

    key: str
    name: Text
    case: Text
    options: Mapping[str, Text]
    plan: Plan


@cache
def bet_forks() -> Mapping[str, BetFork]:
    """Return every fork of every lesson, by `case/fork`."""
    found = {}
    for id, (_, syllabus) in LESSONS.items():
        plan = with_stay_option(case_of(id), syllabus).plan
        for fork in plan.forks:
            names = {option.id: option.name or option.id for option in fork.options}
            key = f"{id}/{fork.id}"
            found[key] = BetFork(key, fork.name or fork.id, plan.title or id, names, plan)
    return found


def check_forks(source: str, forks: Iterable[str]) -> None:
    """Raise `InputError` for forks that no lesson has; `source` names what was called."""
    template = "no fork '{found}'; there are: {allowed}"
    allowed = ", ".join(bet_forks())
    unknown = [fork for fork in forks if fork not in bet_forks()]
    if unknown:
        faults = [fault("fork", template, found=fork[:80], allowed=allowed) for fork in unknown]
        raise InputError(source, faults)


def known_bets(bets: Mapping[str, Stake]) -> dict[str, Stake]:
    """Return the bets on existing forks and options; drop unknown second choices."""
    forks = bet_forks()
    kept = {}
    for key, stake in bets.items():
        if key in forks and stake.choice in forks[key].options:
            now = stake.now if stake.now in forks[key].options else ""
            kept[key] = stake.model_copy(update={"now": now})
    return kept


@cache
def leading_options(key: str) -> tuple[str, ...]:
    """Return the options that may reach the goal most often, those too close to tell included."""
    bet_fork, fork = bet_forks()[key], key.partition("/")[2]
    sides = [(bet_fork.plan, {fork: option}) for option in bet_fork.options]
    plays = play_many(sides, runs=RUNS, seed=1, how="simulated")
    played = dict(zip(bet_fork.options, plays, strict=True))
    return tuple(contenders(played)) if len(played) > 1 else ()


def best_option(key: str) -> str:
    """Return the option that reaches the goal most often; empty if the lead is not significant."""
    leading = leading_options(key)
    return leading[0] if len(leading) == 1 else ""
