"""The languages and their catalogues.

English is the language of the source and needs no catalogue. The Chinese translations are in
`zh/`, one file per subpackage, and are compiled in memory on first use: there are no generated
files to keep up to date.
"""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO
from typing import Literal, get_args

from workbook.errors import InputError, fault

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


def language(code: str) -> Language:
    """Return the language of a code such as `zh-CN` or `en_US.UTF-8`.

    Raises
    ------
    InputError
        If it is neither English nor Chinese.
    """
    primary = str(code).strip().lower().replace("_", "-").split(".")[0].split("-")[0]
    for known in LANGUAGES:
        if primary == known:
            return known
    unknown = fault("lang", "no language '{code}' here; choose en or zh", code=str(code)[:40])
    raise InputError("lang", [unknown])


@cache
def translations(language: Language) -> NullTranslations:
    """Return the gettext catalogue of a language; for English the identity."""
    if language == "en":
        return NullTranslations()
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    whole = Catalog(locale=language)
    rooms = files("workbook.words").joinpath(language).iterdir()
    for room in (file for file in rooms if file.name.endswith(".po")):
        with room.open("rb") as source:
            for message in read_po(source, locale=language):
                if message.id:
                    whole[message.id] = message
    compiled = BytesIO()
    write_mo(compiled, whole)
    compiled.seek(0)
    return GNUTranslations(compiled)
