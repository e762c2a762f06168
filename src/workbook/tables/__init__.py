"""The one reader of tables: CSV, TSV, Excel and pasted text become a `Table` of known columns.

    files.py           from a path to bytes, or a sentence why not
    encoding.py        from bytes to text, and whether the encoding was a guess
    alphabets.py       the letters by which it is guessed
    delimited.py       text whose cells are separated by commas, semicolons, tabs or bars
    excel.py           the sheets of a workbook, from their XML
    cells.py           a cell's value and what a person sees in it
    number_format.py   what a number format does to the look of a number
    sheet.py           rows and cells before their columns are known; notes and faults
    headings.py        which header stands for which column
    foreign_words.py   what headers are called in other languages
    layout.py          a plain list, or a header with rows below it
    header.py          the row that names the columns
    body.py            the rows below it: units, merged cells, headings, remarks
    totals.py          rows that add up the others
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
