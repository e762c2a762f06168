"""How the workbook speaks: every sentence a reader sees, in English or in Chinese.

The English sentence is the key (gettext's way), with named gaps: `w("{n} lives", n=3)`. Its
Chinese twin stands in `words/zh/`. Numbers, money, weeks and chances are said the reader's way.

    speech.py      Words: the one object that rooms pass around
    figures.py     numbers, money, chances, weeks
    catalogue.py   which languages there are; words/zh/ into gettext
"""

from workbook.errors import N_
from workbook.words.catalogue import LANGUAGES
from workbook.words.speech import Words

__all__ = ["LANGUAGES", "N_", "Words"]
