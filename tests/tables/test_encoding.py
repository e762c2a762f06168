"""A text file is read in the letters in which it was written, whichever program saved it."""

from __future__ import annotations

import pytest

from workbook.tables.encoding import decoded, known_encoding


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("José;Zoë Müller", "cp1252"),
        ("Grünwald;Größe;créée", "cp1252"),
        ("“five” – 5 €", "cp1252"),
        ("Zoë,王小明", "utf-8"),
        ("Zoë,王小明", "utf-8-sig"),
        ("Zoë\t王小明", "utf-16"),
        ("name,plan\nZoë,王小明", "utf-16-le"),
        ("名称\t周数\r\n开店开店开店\t二\r\n", "utf-16-le"),
        ("名称\t周数\r\n开店开店开店\t二\r\n", "utf-16-be"),
        ("王小明,朱镕基,陈堃", "gb18030"),
        ("王小明,陳美玲,黃俊傑", "big5"),
        ("張,許功蓋", "big5"),
        ("plain", "ascii"),
        ("Jadwiga Śliwińska,gym.yaml", "cp1250"),
        ("Tomáš Hájek,Lucie Řezníčková", "cp1250"),
        ("Kata Gödöllői,Győző", "cp1250"),
        ("Дмитрий Соколов", "cp1251"),
        ("Наталя Ткаченко,Євген", "cp1251"),
        ("渡辺さくら,小林健", "cp932"),
        ("박서연,정민준", "cp949"),
        ("Σοφία Νικολάου", "cp1253"),
        ("Mehmet Yıldız,Özge Şahin", "cp1254"),
        ("Chloé Bérenger,Benoît", "mac_roman"),
        ("Anaïs,Hélène Lefèvre", "mac_roman"),
    ],
)
def test_a_text_is_read_as_it_was_written(text, encoding):
    """No name becomes another one: neither `M黮ler` for Müller, nor nonsense for 陳美玲."""
    found = decoded(text.encode(encoding))
    assert found is not None
    assert found[0] == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "ascii"])
def test_what_says_its_encoding_is_no_guess(encoding):
    """UTF-8 and UTF-16 cannot be mistaken, so nothing is reported of them."""
    found = decoded("Zoe,1".encode(encoding))
    assert found == ("Zoe,1", None)


def test_a_guess_is_reported_with_a_sample():
    """Anyone who reads the names sees at once whether they are right, and what to do if not."""
    found = decoded("name\nŁukasz Żółć\n".encode("cp1250"))
    assert found is not None
    assert found[1] is not None
    reported = str(found[1].note)
    assert "Łukasz Żółć" in reported
    assert "Windows-1250" in reported
    assert "--encoding" in reported


def test_an_encoding_that_is_named_is_taken():
    """The guess is not asked, even where it would be another."""
    data = "Zdenìk".encode("cp1252")
    assert decoded(data, "cp1250") == ("Zdeněk", None)
    assert decoded(data, "cp1252") == ("Zdenìk", None)


@pytest.mark.parametrize(
    ("name", "found"),
    [("cp1250", "cp1250"), ("Windows-1250", "cp1250"), ("1250", "cp1250"), ("Big5", "big5"),
     ("shift jis", "shift_jis"), ("nonsense", None), ("rot13", None), ("base64", None)],
)  # fmt: skip
def test_an_encoding_goes_by_its_usual_names(name, found):
    """What Python knows and what a spreadsheet calls it; the rest has no name."""
    assert known_encoding(name) == found


@pytest.mark.parametrize("data", [b"a\0b", b"\x89PNG\r\n\x1a\n\xff", b"\xff\xfea"])
def test_what_is_no_text_is_none(data):
    """A picture, a torn file, a zero among the letters."""
    assert decoded(data) is None
