"""The letters of a text file, whichever program of whichever country wrote it.

Excel saves a CSV in the letters of its machine and does not say which: GB18030 in mainland China,
Big5 in Taiwan and Hong Kong, Windows-1252 in western Europe. Each can be read as another, as
nonsense. What gives them away: western text has accents alone, where Chinese has pairs of bytes;
simplified text keeps to GB2312, common traditional text to the first plane of Big5; and Big5 read
as GB18030 falls into the space that Unicode leaves to private use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MARKS = (b"\xff\xfe", b"\xfe\xff")
SIMPLIFIED, TRADITIONAL, WESTERN = "gb18030", "big5hkscs", "cp1252"
HIGH = re.compile(rb"[\x80-\xff]+")
ACCENTS = re.compile(rb"[\xc0-\xff\x80\x8a\x8c\x8e\x91-\x97\x9a\x9c\x9e\x9f\xa3]+")
"""Letters with accents, quotes, dashes and currencies, in Windows-1252."""
COMMON = re.compile(rb"(?:[\x00-\x7f]|[\xa1-\xc6][\x40-\x7e\xa1-\xfe])*")
"""Signs and the commoner half of the characters, in Big5."""
PRIVATE = re.compile("[\ue000-\uf8ff]")


def letters(data: bytes) -> str | None:
    """The text of a file's bytes, without a byte order mark; None where it is no text."""
    found = (_decoded(data, encoding) for encoding in _encodings(data))
    text = next((text for text in found if text is not None), None)
    return None if text is None or "\0" in text else text.removeprefix("\ufeff")


def _encodings(data: bytes) -> Iterator[str]:
    """What the bytes may be written in, the likeliest first."""
    if data[:2] in MARKS:
        yield "utf-16"
        return
    yield "utf-8"
    runs = HIGH.findall(data)
    if any(len(run) % 2 for run in runs) and all(map(ACCENTS.fullmatch, runs)):
        yield WESTERN
    if COMMON.fullmatch(data) and _decoded(data, "gb2312") is None:
        yield TRADITIONAL
    yield from (SIMPLIFIED, TRADITIONAL)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if PRIVATE.search(text) and encoding in (SIMPLIFIED, TRADITIONAL) else text
