"""One participant's hand-in: bets, a chain, and what they will test next, in one small file.

The file is data and nothing else: collecting it runs nothing that stands in it. Its receipt is
made from its content, so the participant can read it aloud, and a file that was changed on the
way is noticed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from workbook.errors import Fault, InputError, Message

VERSION = 1
SUFFIX = ".workbook.json"
MOST_BYTES = 1_000_000
MOST_PLAN = 200_000
"""Signs in the text of a plan."""
STEPS = ("bet", "reveal", "chain", "proof", "kill-line", "next-test")
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's alphabet: no I, L, O or U, so that a receipt can be read aloud."""

Short = Annotated[str, Field(max_length=400)]
Key = Annotated[str, Field(max_length=200)]


class Stake(BaseModel):
    """A bet at a fork, how sure (0.5 to 1), and what they would choose after the reveal."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    choice: Key
    confidence: float = Field(ge=0.5, le=1)
    now: Key = ""


class Entry(BaseModel):
    """A hand-in.

    Attributes
    ----------
    person
        A random code of the participant's own computer: two hand-ins with the same one are two
        versions by the same person. It says nothing about who that is.
    name
        What they want to be called by the facilitator; may be empty. Never on the wall.
    edition
        Their first hand-in, their second, …: which of two is the later, whatever the clock says.
    made
        When, in UTC, as ISO 8601, by the clock of their computer.
    bets
        By `case/fork`.
    plan
        Their chain as the text of a plan file; empty where they have none yet.
    kill_line, next_test
        In their own words: when they stop, and what they test within seven days.
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
    receipt: Annotated[str, Field(max_length=20)] = ""

    def sealed(self) -> Entry:
        """The same hand-in with the receipt of its content."""
        return self.model_copy(update={"receipt": receipt(self)})

    @property
    def whole(self) -> bool:
        """Whether the receipt is that of the content."""
        return self.receipt == receipt(self)

    def text(self) -> str:
        """The file, as it is handed in."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


def receipt(entry: Entry) -> str:
    """Eight signs made from the content of a hand-in, such as `7Q4K-M0ZD`.

    Two of sixty hand-ins share one by chance about twice in a billion classes.
    """
    content = json.dumps(
        entry.model_dump(mode="json", exclude={"receipt"}), ensure_ascii=False, sort_keys=True
    )
    number = int.from_bytes(hashlib.sha256(content.encode("utf-8", "replace")).digest()[:5])
    signs = "".join(LETTERS[number >> 5 * place & 31] for place in reversed(range(8)))
    return f"{signs[:4]}-{signs[4:]}"


def read_entry(data: bytes, source: str) -> Entry:
    """A hand-in from the bytes of its file; InputError with every fault where it is none.

    A byte order mark, UTF-16 and other line ends, which mail and editors leave, change nothing.
    """
    with suppress(ValueError):  # no text at all: the fault below says so
        data = data.decode(json.detect_encoding(data)).encode()
    try:
        return Entry.model_validate_json(data)
    except ValidationError as error:
        raise InputError(source, _faults(error)) from None


def _faults(error: ValidationError) -> list[Fault]:
    """What is wrong, in our words: a hand-in is written by the workbook, not by hand."""
    wrong = error.errors(include_url=False, include_context=False, include_input=False)
    if any(fault["type"] == "json_invalid" for fault in wrong):
        return [Fault("", Message("this is no whole JSON file; ask for it to be sent again"))]
    places = [".".join(str(part)[:60] for part in fault["loc"]) for fault in wrong]
    if "workbook_entry" in places or "" in places:
        template = "this is no hand-in that this workbook knows; update the workbook, or leave it"
        return [Fault("", Message(template))]
    template = "this value does not fit; ask for the file to be handed in again"
    return [Fault(place, Message(template)) for place in places[:20]]
