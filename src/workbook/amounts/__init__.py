"""The only reader of amounts, shares, durations and dates as people write them.

Everything that takes figures from people uses it: the plan file, the command line, table cells, the
builder's boxes. Clear text is read, ambiguous text leads to a question with both readings, and text
without meaning is refused with what is allowed.

normalise.py    full-width characters, fractions, numbers in words: one plain form of a text
digits.py       numbers in digits: separators; `2-4 weeks`, `1/2/4`, `20% 35% 50%` in one text
quantity.py     one figure with the words before and after it: currency, scale, unit
style.py        how a column writes its numbers, from its header and all of its texts
measuring.py    one figure in the unit of its place
reading.py      the result: a value, or why there is none
reader.py       `read`: from a text to a reading
dates.py        `read_date`: `4.1.2027`, `2027年1月4日`

It is pure: no files and no language; messages are translated by `words`.
"""

from workbook.amounts.dates import read_date
from workbook.amounts.reader import read
from workbook.amounts.reading import Kind, Reading, Several, written
from workbook.amounts.style import PAGE, NumberStyle, is_unit, style_of

__all__ = [
    "PAGE",
    "Kind",
    "NumberStyle",
    "Reading",
    "Several",
    "is_unit",
    "read",
    "read_date",
    "style_of",
    "written",
]
