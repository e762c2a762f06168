"""What a participant's notebook and the room say to each other, and the notebook's half of it.

The room is a small server on the facilitator's computer (`workbook room`). A notebook asks it which
steps are open, tells it which steps its participant has done, and sends hand-ins. Every request is
bounded: in time, and in what is read of the answer. No proxy of the system is used and no redirect
is followed, so that the code word goes nowhere else.
"""

from __future__ import annotations

import http.client
import json
import re
from dataclasses import dataclass
from time import monotonic
from typing import Annotated, Any, Literal
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from workbook.errors import InputError, WorkError, fault
from workbook.words import N_
from workbook.workshop.grading import Grade
from workbook.workshop.hand_in import LETTERS, Short

RoomStep = Literal["bet", "reveal", "rehearsal", "chain", "hand-in"]
ROOM_STEPS: tuple[RoomStep, ...] = ("bet", "reveal", "rehearsal", "chain", "hand-in")
"""The steps that the facilitator opens and closes."""
CODE_HEADER = "X-Room-Code"
CODE_LENGTH = 6
FOLLOW, HAND_IN, WALL_DATA = "follow", "hand-in", "wall.json"
"""Paths below the room's address."""
SECONDS = 6.0
"""How long a request may take in all."""
MOST_ANSWER = 2_000_000
MOST_SIGHTING = 4_000
"""Bytes of what a notebook tells of its participant."""

REFUSALS = {
    400: N_("the room cannot read the hand-in; send the file as before"),
    403: N_("the code word is not the room's; read it on the projector again"),
    404: N_("there is no room at this address"),
    409: N_("hand-ins are closed just now; yours is kept and goes out when they open"),
    413: N_("the hand-in is larger than 1 MB; a hand-in is a few pages"),
    429: N_("too many wrong code words from this computer; wait a minute"),
    503: N_("the room takes no more hand-ins; hand yours over as a file"),
}
"""What each refusal of the room means, by its status."""


class Sighting(BaseModel):
    """What a notebook tells the room of its participant; only the facilitator sees it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    person: Annotated[str, Field(min_length=1, max_length=64)]
    name: Short = ""
    own_id: Short = ""
    done: Annotated[tuple[Annotated[str, Field(max_length=20)], ...], Field(max_length=10)] = ()


class Notice(BaseModel):
    """What the room tells every notebook: the open steps, and what is graded, if anything."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    workbook_room: Literal[1] = 1
    open: Annotated[tuple[RoomStep, ...], Field(max_length=len(ROOM_STEPS))] = ()
    graded: Annotated[tuple[Grade, ...], Field(max_length=3)] = ()


class RoomError(WorkError):
    """The room could not be reached, or refused; `status` is 0 or that of its answer."""

    def __init__(self, template: str, status: int = 0, **values: object) -> None:
        super().__init__(template, **values)
        self.status = status


def plain_code(typed: str) -> str:
    """Return a code word as it is compared: capitals, no spaces or dashes, no confused letters.

    >>> plain_code(" 7q4-kmo ")
    '7Q4KM0'
    """
    letters = re.sub(r"[\s-]+", "", typed[:40]).upper()
    return letters.translate(str.maketrans("OIL", "011"))


@dataclass(frozen=True)
class RoomLink:
    """A room's address, ending in a slash, and its code word.

    Each call raises RoomError if the room cannot be reached in time, refuses, or answers with
    something else than it should.
    """

    address: str
    code: str

    def follow(self, seen: Sighting) -> Notice:
        """Tell the room where the participant is; return which steps are open."""
        answer = self._ask(FOLLOW, seen.model_dump_json().encode())
        try:
            return Notice.model_validate_json(answer)
        except ValidationError:
            raise RoomError(REFUSALS[404], 404) from None

    def send(self, hand_in: bytes) -> str:
        """Hand in, and return the receipt that the room gives once the file is on its disk."""
        answer = self._ask(HAND_IN, hand_in)
        try:
            return str(json.loads(answer)["receipt"])[:20]
        except (ValueError, KeyError, TypeError):
            raise RoomError(REFUSALS[404], 404) from None

    def wall(self) -> bytes:
        """Return the data of the class's wall."""
        return self._ask(WALL_DATA, None)

    def _ask(self, path: str, body: bytes | None) -> bytes:
        headers = {CODE_HEADER: self.code, "Content-Type": "application/json"}
        request = Request(self.address + path, body, headers)
        until = monotonic() + SECONDS
        try:
            with _OPENER.open(request, timeout=SECONDS) as answer:
                return _read(answer, until)
        except HTTPError as error:
            error.close()
            raise RoomError(REFUSALS.get(error.code, REFUSALS[404]), error.code) from None
        except (OSError, http.client.HTTPException, ValueError):
            raise RoomError("the room cannot be reached") from None


def _read(answer: Any, until: float) -> bytes:
    """Read an answer whole, or raise OSError: it must be short, and end in time."""
    data = b""
    while piece := answer.read1(65_536):
        data += piece
        if len(data) > MOST_ANSWER or monotonic() > until:
            raise OSError
    return data


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow nothing: the code word is for this address only."""


_OPENER = build_opener(ProxyHandler({}), _NoRedirects())


def read_link(line: str) -> RoomLink:
    """Read what the facilitator wrote on the board: address and code word, or the QR code's link.

    >>> read_link("192.168.1.20:8010 7q4-km0")
    RoomLink(address='http://192.168.1.20:8010/', code='7Q4KM0')

    Raises
    ------
    InputError
        If there is no address, or no code word.
    """
    first, _, code = line.strip().partition(" ")
    parts = urlsplit(first if "://" in first else f"http://{first}")
    code = plain_code(code or parse_qs(parts.query).get("code", [""])[0])
    valid = len(code) == CODE_LENGTH and set(code) <= set(LETTERS)
    try:
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:  # a port that is no number
        known = False
    if not (known and valid):
        template = "write the room's address and its code word: “192.168.1.20:8010 7Q4-KM0”"
        raise InputError("room", [fault("room", template)])
    path = parts.path if parts.path.endswith("/") else f"{parts.path}/"
    return RoomLink(f"{parts.scheme}://{parts.netloc}{path}", code)
