"""The last ten versions of a plan, and those that were set aside, as files beside it.

`my-work/plans/bakery/` has `0007.yaml`, … and, where two tabs wrote at once, `0008-mine.yaml`.
Of those set aside the last fifty stay: they are the only copy of somebody's work.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from workbook import cases
from workbook.cases.file import put
from workbook.errors import InputError, WorkError
from workbook.plan import Plan

MOST = 10
MOST_ASIDE = 50
NAME = re.compile(r"(\d{4,})(?:-(mine|theirs))?\.yaml")
Aside = Literal["mine", "theirs"]


@dataclass(frozen=True)
class Version:
    """A version that can be had back.

    `whose`: "" for one that was in the plan file, "mine" for one set aside while the file belonged
    to another tab, "theirs" for what was written over. `written` is the moment, in UTC.
    """

    file: Path
    number: int
    whose: str
    written: datetime

    @property
    def plan(self) -> Plan | None:
        """The plan of this version; None where its file can no longer be read."""
        try:
            return cases.read(self.file).plan
        except InputError:
            return None


class Versions:
    """The folder of a plan's versions; it is made with the first of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> tuple[Version, ...]:
        """Every version, the newest first."""
        try:
            files = list(self.folder.iterdir())
        except OSError:
            return ()
        found = [version for file in files if (version := _version(file)) is not None]
        return tuple(sorted(found, key=lambda version: -version.number))

    def add_text(self, text: str, whose: Aside | None = None) -> None:
        """Keep a text as the newest version, unless the newest says the same.

        Raises
        ------
        WorkError
            Where the folder cannot be written.
        """
        known = self.all()
        try:
            if known and known[0].file.read_text("utf-8") == text:
                return
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            template = "{path} cannot be written: {reason}"
            raise WorkError(template, path=str(self.folder), reason=reason) from None
        number = known[0].number + 1 if known else 1
        suffix = f"-{whose}" if whose else ""
        put(self.folder / f"{number:04d}{suffix}.yaml", text)
        self._thin()

    def _thin(self) -> None:
        every = self.all()
        plain = [version for version in every if not version.whose]
        aside = [version for version in every if version.whose]
        for version in (*plain[MOST:], *aside[MOST_ASIDE:]):
            version.file.unlink(missing_ok=True)


def _version(file: Path) -> Version | None:
    named = NAME.fullmatch(file.name)
    if not named:
        return None
    try:
        written = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except OSError:
        return None
    return Version(file, int(named[1]), named[2] or "", written)
