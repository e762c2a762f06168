"""What a room keeps on disk: its code word, the key of its desk, its open steps.

It is in the private folder of the wall, so that a server that was killed goes on as the same
room: the same code word, the same desk, the same steps.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from hmac import compare_digest
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from workbook.cases.file import put
from workbook.errors import InputError, WorkError, fault
from workbook.workshop.hand_in import LETTERS
from workbook.workshop.link import CODE_LENGTH, ROOM_STEPS, RoomStep, plain_code

STATE = "room.json"


def new_code() -> str:
    """Return a code word of six letters and digits: a thousand million of them.

    >>> len(new_code())
    6
    """
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def new_key() -> str:
    """Return a key of 128 bits."""
    return secrets.token_urlsafe(16)


class RoomState(BaseModel):
    """What a room keeps.

    Attributes
    ----------
    code
        The code word that participants type.
    key
        What opens the desk; it is in the desk's address only.
    open
        The steps that are open now.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    workbook_room_state: Literal[1] = 1
    code: Annotated[str, Field(pattern=f"^[{LETTERS}]{{{CODE_LENGTH}}}$")] = Field(
        default_factory=new_code
    )
    key: Annotated[str, Field(min_length=16, max_length=64)] = Field(default_factory=new_key)
    open: tuple[RoomStep, ...] = ("bet",)

    def knows(self, typed: str) -> bool:
        """Whether this is the code word; takes the same time for every wrong one."""
        return compare_digest(plain_code(typed).encode(), self.code.encode())

    def opens_desk(self, key: str) -> bool:
        """Whether this key opens the desk; takes the same time for every wrong one."""
        return compare_digest(key.encode(), self.key.encode())

    def with_step(self, step: RoomStep, *, is_open: bool) -> RoomState:
        """Return the state with this step open, or closed."""
        now = {*self.open, step} if is_open else set(self.open) - {step}
        return self.model_copy(update={"open": tuple(s for s in ROOM_STEPS if s in now)})


def read_state(folder: Path) -> RoomState:
    """Return the state kept in a folder; a new one if there is none.

    Raises
    ------
    InputError
        If the file is damaged: a new code word would lock the class out.
    """
    file = folder / STATE
    try:
        return RoomState.model_validate_json(file.read_bytes())
    except FileNotFoundError:
        return RoomState()
    except (OSError, ValidationError):
        template = "the room's code word cannot be read; delete the file, and give out a new one"
        raise InputError(str(file), [fault("", template)]) from None


def keep_state(state: RoomState, folder: Path) -> None:
    """Write the state for its owner only; raise WorkError if it cannot be written."""
    file = folder / STATE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))  # the code is never readable
    except OSError as error:
        reason = error.strerror or type(error).__name__
        template = "{path} cannot be written: {reason}"
        raise WorkError(template, path=str(file), reason=reason) from None
    put(file, state.model_dump_json(indent=1) + "\n")
    with suppress(OSError):
        file.chmod(0o600)
