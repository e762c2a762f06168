"""The languages there are, and their sentences.

English is what the code is written in and needs no catalogue. The Chinese stands in `zh/`, one
file a room, and is compiled in memory when Chinese is first spoken: no generated file to keep in
step, nothing to build.
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
    """The language that a code such as `zh-CN` or `en_US.UTF-8` stands for.

    Raises
    ------
    InputError
        Where it is neither English nor Chinese.
    """
    primary = str(code).strip().lower().replace("_", "-").split(".")[0].split("-")[0]
    for known in LANGUAGES:
        if primary == known:
            return known
    unknown = fault("lang", "no language '{code}' here; choose en or zh", code=str(code)[:40])
    raise InputError("lang", [unknown])


@cache
def translations(language: Language) -> NullTranslations:
    """The gettext catalogue of a language; of English, one that returns what it is given."""
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
