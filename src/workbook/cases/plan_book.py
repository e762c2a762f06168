"""A plan as an Excel workbook that reads back.

One sheet has a milestone a row, in the columns that a table of milestones may have; another has
every key of the plan file with its value, for what no column can say (cash, bills, forks). When
the workbook is read, a cell that still says what was written leaves the plan's own value; a changed
cell, a new row and a missing row count.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.cases.case import STORY_KEYS, Case
from workbook.cases.columns import COLUMNS, ZH_STAGES, Column
from workbook.cases.reading import read_text
from workbook.cases.table import PlanReader, reader_of_sheet
from workbook.cases.writing import data_of, text_for
from workbook.cases.yaml_data import fresh
from workbook.cases.yaml_source import Listing, Node, Scalar, parse, value_of
from workbook.errors import InputError, Message, WorkError
from workbook.tables.excel import ExcelFile
from workbook.tables.files import EXCEL_SUFFIXES, bytes_of
from workbook.tables.sheet import Sheet

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MILESTONES = {"en": "Milestones", "zh": "里程碑"}
EVERYTHING = {"en": "Plan file", "zh": "计划文件"}
HEAD = {"en": ("key", "value"), "zh": ("键", "值")}
ALWAYS = ("id", "name", "needs", "weeks", "cost", "pass_rate")
STEP = re.compile(r'\[(\d+)\]|\["([^"]*)"\]|([^.\[\]"]+)')
MOST_ROWS = 20_000
FORMATS = {"share": "0.##%", "money": "#,##0.##"}

Data = dict[str, Any]


def book_of(case: Case, lang: str = "en") -> bytes:
    """Return a plan as the bytes of an `.xlsx` file, with its headers in a language.

    Example
    -------
    >>> from workbook import cases
    >>> book_of(cases.load("ai-companion"))[:2]
    b'PK'
    """
    book = _of_milestones(case, lang)
    everything = book.create_sheet(EVERYTHING[lang])
    _write_row(everything, 1, HEAD[lang])
    for number, (path, value) in enumerate(_leaves(_with_facts(case)), start=2):
        _write_row(everything, number, (path, _as_text(value)))
    for sheet in book.worksheets:
        _laid_out(sheet)
    return _saved(book)


def _of_milestones(case: Case, lang: str) -> Workbook:
    try:
        from openpyxl import Workbook
    except ModuleNotFoundError:
        template = "An Excel file needs openpyxl, which is not installed: pip install openpyxl"
        raise WorkError(template) from None
    book = Workbook()
    (sheet,) = book.worksheets
    sheet.title = MILESTONES[lang]
    _write_milestones(sheet, data_of(case), lang)
    return book


def _saved(book: Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_milestones(sheet: Worksheet, data: Data, lang: str) -> None:
    rows = [_cells_of(milestone, data, lang) for milestone in data.get("milestones", ())]
    used = {path for row in rows for path in row} | set(ALWAYS)
    columns = [column for column in COLUMNS if column.path in used]
    _write_row(sheet, 1, [_header(column, lang) for column in columns])
    for number, row in enumerate(rows, start=2):
        _write_row(sheet, number, [row.get(column.path) for column in columns])
        for n, column in enumerate(columns, start=1):
            cell = sheet.cell(number, n)
            if cell.data_type == "n" and column.measure in FORMATS:
                cell.number_format = FORMATS[column.measure]


def _header(column: Column, lang: str) -> str:
    """The first name of a column that is in the language; its path if none is."""
    named = (name for name in column.names if name.isascii() == (lang == "en"))
    return next(named, column.path)


def _cells_of(milestone: Data, data: Data, lang: str) -> Data:
    """The content of each column of a milestone, by the column's path."""
    found = {c.path: _cell(_at(milestone, c.path), c, lang) for c in COLUMNS if c.kind != "goal"}
    found["name"] = found["name"] or milestone["id"]  # a row needs a name
    if data.get("goal") == milestone["id"]:
        found["goal"] = "✓"
    return {path: value for path, value in found.items() if value is not None}


def _at(part: Any, path: str) -> Any:
    for key in path.split("."):
        part = part.get(key) if isinstance(part, Mapping) else None
    return part


def _cell(value: Any, column: Column, lang: str) -> str | float | None:
    """A value as it is typed into a cell; None where a cell cannot say it."""
    if value is None or (isinstance(value, Mapping) and column.kind != "text"):
        return None
    if column.kind == "flag":
        return {"en": ("no", "yes"), "zh": ("否", "是")}[lang][bool(value)]
    if isinstance(value, Mapping):
        return str(value.get(lang, ""))
    if column.kind == "stage" and lang == "zh":
        return next(name for name, stage in ZH_STAGES.items() if stage == value)
    if column.kind == "ids":
        return ", ".join(value)
    if isinstance(value, list):
        return _several(value, column)
    return value if isinstance(value, int | float) else str(value)


def _several(values: list[Any], column: Column) -> str | None:
    """One figure an attempt, or a range, as people type them: `8%; 15%`, `2–4`."""
    if not all(isinstance(value, int | float) for value in values):
        return None
    share = column.measure == "share"
    texts = [f"{100 * value:.12g}%" if share else f"{value:.12g}" for value in values]
    return "; ".join(texts)


def _write_row(sheet: Worksheet, number: int, values: Sequence[str | float | None]) -> None:
    """Write cells; a text stays a text, whatever it begins with."""
    for n, value in enumerate(values, start=1):
        if value is not None and value != "":
            cell = sheet.cell(number, n, value)
            if isinstance(value, str):
                cell.data_type = "s"


def _laid_out(sheet: Worksheet) -> None:
    """A header that stays, and columns as wide as their texts, up to a limit."""
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column in sheet.columns:
        width = max(_width(cell.value) for cell in column)
        sheet.column_dimensions[get_column_letter(column[0].column)].width = min(width + 2, 48)


def _width(value: object) -> int:
    text = "" if value is None else str(value)
    return len(text) + sum(not letter.isascii() for letter in text)


# The sheet of all keys


def _with_facts(case: Case) -> Data:
    """The keys of the case's file, each figure that a fact gives by the fact's name."""
    tree, _ = parse(text_for(case))
    data: Data = {} if tree is None else _plain(tree)
    return data if read_text(fresh(data), case.id) == case else data_of(case)


def _plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return value_of(node.text) if node.plain else node.text
    if isinstance(node, Listing):
        return [_plain(item) for item in node.items]
    return {key: _plain(entry) for key, entry in node.entries.items()}


def _leaves(part: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Each value with its path: `milestones[2].gives.price`; a list of figures is one value."""
    if isinstance(part, dict) and part:
        for key, value in part.items():
            plain = STEP.fullmatch(key) and not key.startswith("[")
            step = key if plain else f'["{key}"]'  # `ranges` has paths for keys
            yield from _leaves(value, f"{path}.{step}" if path and plain else f"{path}{step}")
    elif isinstance(part, list) and any(isinstance(one, dict) for one in part):
        for n, value in enumerate(part):
            yield from _leaves(value, f"{path}[{n}]")
    else:
        yield path, part


def _as_text(value: Any) -> str:
    """A value as JSON on one line; spreadsheets and readers trim spaces, so those are escaped."""
    return json.dumps(value, ensure_ascii=False).replace("  ", " \\u0020")


def _data_in(sheet: Sheet) -> Data:
    """The data of a sheet of all keys; ValueError where a row is not as it was written."""
    data: Data = {}
    for row in sheet.rows[1:]:
        steps = [int(n) if n else odd or key for n, odd, key in STEP.findall(row[0].text)]
        if not steps or not isinstance(steps[0], str):
            raise ValueError(row[0].text)
        _put(data, steps, json.loads(row[1].text))
    return data


def _put(data: Any, steps: list[int | str], value: Any) -> None:
    for step, following in pairwise(steps):
        empty: Any = [] if isinstance(following, int) else {}
        data = _child(data, step, empty)
    _child(data, steps[-1], value)


def _child(part: Any, step: int | str, value: Any) -> Any:
    """The part at a step, which is `value` where none is there yet."""
    if isinstance(part, list) and step == len(part):
        part.append(value)
    elif isinstance(part, dict) and isinstance(step, str):
        part.setdefault(step, value)
    elif not isinstance(part, list) or not isinstance(step, int) or step > len(part):
        raise ValueError(step)
    return part[step]


# Reading back


def read_book(path: str | Path) -> tuple[Case, tuple[Message, ...]] | None:
    """Read a workbook that `book_of` wrote, as it is by now; None for any other table.

    Raises
    ------
    InputError
        With every fault of the sheet of milestones, by cell.
    """
    file = Path(path)
    if file.suffix.lower() not in EXCEL_SUFFIXES:
        return None
    sheets = ExcelFile(bytes_of(file), str(path)).sheets(MOST_ROWS)
    for lang, name in EVERYTHING.items():
        everything, table = _named(sheets, name), _named(sheets, MILESTONES[lang])
        before = None if everything is None or table is None else _case_in(everything)
        if before is not None and table is not None:
            written = reader_of_sheet(_as_written(before, lang), str(path), before.id).data()
            return _changed(before, written, reader_of_sheet(table, str(path), before.id))
    return None


def _named(sheets: list[Sheet], name: str) -> Sheet | None:
    return next((sheet for sheet in sheets if sheet.name == name), None)


def _case_in(sheet: Sheet) -> Case | None:
    try:
        return read_text(fresh(_data_in(sheet)))
    except (ValueError, InputError):
        return None  # somebody's own sheet of that name, or one that was worked in


def _as_written(case: Case, lang: str) -> Sheet:
    """The sheet of milestones as `book_of` writes it."""
    (sheet,) = ExcelFile(_saved(_of_milestones(case, lang)), case.id).sheets(MOST_ROWS)
    return sheet


def _changed(before: Case, old: Data, reader: PlanReader) -> tuple[Case, tuple[Message, ...]]:
    """The case with what differs between the table as it was written and as it is now."""
    new = reader.data()
    if new == old and not reader.faults:
        return before, ()
    figures = _merged(data_of(before), old, new)
    reader.checked({key: figures[key] for key in figures if key not in STORY_KEYS})
    text = fresh(_merged(_with_facts(before), old, new))
    return read_text(text, reader.table.source), tuple(reader.notes)


def _merged(data: Data, old: Data, new: Data) -> Data:
    """The plan's data with every milestone, and the goal, as the table has them now."""
    kept = {one["id"]: one for one in data["milestones"]}
    was = {one["id"]: one for one in old["milestones"]}
    rows = [
        _milestone(kept.get(one["id"], {}), was.get(one["id"], {}), one)
        for one in new["milestones"]
    ]
    goal = data["goal"] if new["goal"] == old["goal"] else new["goal"]
    return {**data, "milestones": rows, "goal": goal}


def _milestone(kept: Data, was: Data, now: Data) -> Data:
    """A milestone of the plan with each of its columns that has changed."""
    found = json.loads(json.dumps(kept))
    for path in (column.path for column in COLUMNS):
        value = _at(now, path)
        if value != _at(was, path):
            _set(found, path.split("."), value)
    return {key: value for key, value in found.items() if value != {}}


def _set(part: Data, keys: list[str], value: Any) -> None:
    """Write a value into nested keys; None takes it away."""
    *way, last = keys
    for key in way:
        part = part.setdefault(key, {})
    if value is None:
        part.pop(last, None)
    else:
        part[last] = value
