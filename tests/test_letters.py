"""The letters of a text file, whichever country's Excel wrote it."""

from __future__ import annotations

import pytest

from workbook.letters import letters


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("José;Zoë Müller", "cp1252"),
        ("Grünwald;Größe;créée", "cp1252"),
        ("“five” – 5 €", "cp1252"),
        ("Zoë,王小明", "utf-8"),
        ("Zoë,王小明", "utf-8-sig"),
        ("Zoë\t王小明", "utf-16"),
        ("王小明,朱镕基,陈堃", "gb18030"),
        ("王小明,陳美玲,黃俊傑", "big5"),
        ("張,許功蓋", "big5"),
        ("plain", "ascii"),
    ],
)
def test_a_text_is_read_as_it_was_written(text, encoding):
    """No name becomes another one: neither `M黮ler` for Müller, nor nonsense for 陳美玲."""
    assert letters(text.encode(encoding)) == text


@pytest.mark.parametrize("data", [b"a\0b", b"\x89PNG\r\n\x1a\n\xff", b"\xff\xfea"])
def test_what_is_no_text_is_none(data):
    """A picture, a torn file, a zero among the letters."""
    assert letters(data) is None
