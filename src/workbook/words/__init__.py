"""The text of the workbook: every sentence that a reader sees, in English or in Chinese.

The English sentence is the key, as in gettext, with named placeholders: `w("{n} lives", n=3)`. The
Chinese translations are in `words/zh/`. Numbers, money, weeks and chances are formatted for the
language.

speech.py      Words: the object that is passed to all code that shows text; its languages
figures.py     formats of numbers, money, chances and weeks; spacing of Chinese text
"""

from workbook.errors import N_
from workbook.words.speech import LANGUAGES, Words

__all__ = ["LANGUAGES", "N_", "Words"]
