"""The one reader of amounts, shares, lengths of time and dates, as people write them.

Every place where a figure comes in asks this room: the plan file, the command line, a table's cell,
a box of the builder's form. What is written without doubt is read, what can be meant in two ways is
asked with both readings, and what makes no sense is refused with what is allowed.

    characters.py   full-width signs, odd spaces, fractions: one plain form of a text
    numerals.py     numbers in words: 三万五, 六成, two
    digits.py       one number: which sign parts the decimals, which groups the thousands
    vocabulary.py   the words for scales, currencies and units
    quantity.py     one figure with what stands before and behind it
    several.py      `2-4 weeks`, `1/2/4`, `20% 35% 50%` in one text
    habit.py        how a column writes its numbers, from its head and all of its texts
    reading.py      what was read, or why not
    reader.py       `read`: from a text to a reading
    dates.py        days: `4.1.2027`, `2027年1月4日`

It is pure: no files and no language; a sentence is a `Message`, told by `words`.
"""

from workbook.amounts.dates import read_date
from workbook.amounts.habit import PAGE, Habit, habit_of, is_unit
from workbook.amounts.reader import read
from workbook.amounts.reading import Kind, Reading, Several, written

__all__ = [
    "PAGE",
    "Habit",
    "Kind",
    "Reading",
    "Several",
    "habit_of",
    "is_unit",
    "read",
    "read_date",
    "written",
]
