"""The class list: who belongs to a class, and who of them has not handed in.

It is any table that `workbook.tables` reads, such as the export of a gradebook, or a plain list
with one number, account or address in a line. A hand-in belongs to the person whose number,
account or address it names; names are not compared, because two people may share one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook.errors import InputError, fault
from workbook.tables import Headings, read_table
from workbook.workshop.inbox import Answer

ID_COLUMNS = {
    "own_id": ("own number", "number", "ID number", "student ID", "学号", "编号", "工号"),
    "id": ("ID",),
    "sis_id": ("SIS User ID",),
    "login": ("SIS Login ID", "username", "login", "account", "账号", "用户名"),
    "email": ("email address", "email", "e-mail", "邮箱", "电子邮件"),
}
"""What identifies a person, by key; later ones only where the earlier are missing."""
NAME_COLUMNS = {
    "name": ("name", "student", "full name", "participant", "姓名", "学生"),
    "first_name": ("first name", "名"),
    "last_name": ("last name", "surname", "姓"),
}
HEADINGS = Headings(
    {
        name: key
        for columns in (ID_COLUMNS, NAME_COLUMNS)
        for key, all in columns.items()
        for name in all
    },
    "own_id",
    example="own number,name",
    lists=True,
)


@dataclass(frozen=True)
class Member:
    """A person of the class list: what identifies them, by the keys of ID_COLUMNS; the name."""

    ids: dict[str, str]
    name: str = ""

    @property
    def shown(self) -> str:
        """The name, else what identifies them first."""
        return self.name or next(iter(self.ids.values()))

    def is_named(self, own_id: str) -> bool:
        """Whether this is one of the person's numbers, accounts or addresses."""
        return plain_id(own_id) in map(plain_id, self.ids.values())


def plain_id(own_id: str) -> str:
    """Return a number or account as it is compared.

    >>> plain_id(" S-4711 ") == plain_id("s-4711")
    True
    """
    return " ".join(own_id.split()).casefold()


def read_class_list(path: Path) -> tuple[Member, ...]:
    """Read a class list.

    Raises
    ------
    InputError
        If it is not a table, or identifies nobody, or two people by the same number.
    """
    table = read_table(path, HEADINGS)
    members = []
    for row in table.rows:
        found = {column.key: cell.text.strip() for column, cell in table.cells(row)}
        ids = {key: found[key] for key in ID_COLUMNS if found.get(key)}
        parts = (found.get("first_name", ""), found.get("last_name", ""))
        if ids:
            members.append(Member(ids, found.get("name") or " ".join(filter(None, parts))))
    if not members:
        template = "no column identifies anybody; name one “own number”, “ID number” or “email”"
        raise InputError(str(path), [fault("", template)])
    _check_unique(path, members)
    return tuple(members)


def _check_unique(path: Path, members: Sequence[Member]) -> None:
    seen: dict[tuple[str, str], str] = {}
    faults = []
    for member in members:
        for key, value in member.ids.items():
            if (key, plain_id(value)) in seen:
                template = "two people have the number “{id}”: {first} and {second}"
                first = seen[key, plain_id(value)]
                faults.append(fault("", template, id=value, first=first, second=member.shown))
            seen[key, plain_id(value)] = member.shown
    if faults:
        raise InputError(str(path), faults[:20])


def missing(members: Iterable[Member], answers: Iterable[Answer]) -> list[str]:
    """Return the people of the class list whose hand-in is not there."""
    there = {plain_id(answer.own_id) for answer in answers if answer.own_id}
    return [
        member.shown for member in members if not there & set(map(plain_id, member.ids.values()))
    ]
