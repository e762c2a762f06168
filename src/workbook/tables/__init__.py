"""The one reader of tables: CSV, TSV, Excel and pasted text become a `Table` of known columns.

    files.py           from a path to bytes, or a sentence why not
    encoding.py        from bytes to text, and whether the encoding was a guess
    excel.py           the sheets of a workbook, from their XML
    cells.py           a cell's value, and what a person sees in it by its number format
    sheet.py           rows and cells before their columns are known; text with separators
    headings.py        which header means which column, in many languages
    header.py          the row that names the columns
    body.py            the rows below it: units, merged cells, headings, remarks, totals
    table.py           the table, and the amounts in its cells
    reading.py         all of it, in order

Files and pasted text take the same way, whatever they are read for.
"""

from workbook.tables.files import FOREIGN_SUFFIXES, TABLE_SUFFIXES
from workbook.tables.headings import Headings
from workbook.tables.reading import read_table, read_text
from workbook.tables.sheet import Cell, Row
from workbook.tables.table import Column, Table

__all__ = [
    "FOREIGN_SUFFIXES",
    "TABLE_SUFFIXES",
    "Cell",
    "Column",
    "Headings",
    "Row",
    "Table",
    "read_table",
    "read_text",
]
