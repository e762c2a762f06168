"""From a path to bytes: a regular file of a type and a size that a table can have."""

from __future__ import annotations

import stat
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from workbook.consistency import shown
from workbook.errors import InputError
from workbook.tables.sheet import refused

TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
EXCEL_SUFFIXES = (".xlsx", ".xlsm")
TABLE_SUFFIXES = (*TEXT_SUFFIXES, *EXCEL_SUFFIXES)
FOREIGN_SUFFIXES = (".xls", ".xlsb", ".ods", ".numbers", ".fods", ".xltx", ".et")
"""Kinds of tables that are not read here; the user is asked to save them as another."""

MOST_BYTES, MOST_UNPACKED = 20_000_000, 200_000_000
OLE, ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
OTHER_TEXT = (b"<", b"%pdf", b"{\\rtf", b'[{"', b'{"')
"""How a page, a PDF, a letter and data in JSON begin, whatever their name says."""


def bytes_of(path: Path) -> bytes:
    """The bytes of a table file.

    Raises
    ------
    InputError
        If there is no such file, or it is a folder or a device, may not be read, is too large, or
        is of a kind that is not read here.
    """
    name = shown(str(path))
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise refused(name, "this is a folder; name the table in it")
        if not stat.S_ISREG(mode):
            raise refused(name, "this is no ordinary file; name a table: .csv, .tsv or .xlsx")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise refused(name, "there is no such file; check the name and the folder") from None
    except PermissionError:
        raise refused(name, "this file may not be read; change its permissions") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise refused(name, "this file cannot be opened: {reason}", reason=reason) from None
    _check_kind(path, name, data)
    return data


def _check_kind(path: Path, name: str, data: bytes) -> None:
    suffix = path.suffix.lower()
    if len(data) > MOST_BYTES:
        raise refused(name, "this file is larger than 20 MB; a table is a few pages")
    if data.startswith(OLE) and suffix in EXCEL_SUFFIXES:
        template = (
            "this workbook is protected by a password or in the old .xls format; save it without a"
            " password as .xlsx"
        )
        raise refused(name, template)
    other = data[:20].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(OTHER_TEXT)
    if suffix in FOREIGN_SUFFIXES or other or data.startswith(OLE):
        raise refused(name, "a table of this kind cannot be read here; save it as .xlsx or as CSV")
    if data.startswith(ZIP):
        _check_package(name, data)


def _check_package(name: str, data: bytes) -> None:
    """Check that a ZIP file contains an Excel workbook of a reasonable size."""
    try:
        with ZipFile(BytesIO(data)) as packed:
            parts = packed.infolist()
    except (BadZipFile, ValueError, OSError, EOFError):
        raise damaged(name) from None
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise refused(name, "this file is larger than 20 MB; a table is a few pages")
    if not any(part.filename.lower().endswith("workbook.xml") for part in parts):
        raise refused(name, "a table of this kind cannot be read here; save it as .xlsx or as CSV")


def damaged(name: str) -> InputError:
    """Return the error for a workbook that cannot be read."""
    return refused(name, "this is no Excel workbook that can be read; save it again as .xlsx")
