"""One table of right values, tried at every way in: the same text means the same everywhere."""

from __future__ import annotations

import re

import pytest

from ways_in import BOX, EXACT, WAYS_IN
from workbook.amounts import written

MONEY = {
    "1200": 1200,
    "1200.5": 1200.5,
    "1e3": 1000,
    "1.200,50": 1200.5,
    "1,200.50": 1200.5,
    "1'200": 1200,
    "1’200.50": 1200.5,
    "1 200": 1200,
    "1\u00a0200,50": 1200.5,
    "1\u202f200": 1200,
    "1,50,000": 150_000,
    "1.234.567": 1_234_567,
    "0,5": 0.5,
    "12万": 120_000,
    "1.5 亿": 150_000_000,
    "三万五": 35_000,
    "150k": 150_000,
    "1.5m": 1_500_000,
    "3 lakh": 300_000,
    "¥1,200": 1200,
    "1200元": 1200,
    "１２００": 1200,
    "1200,-": 1200,
    "about 500": 500,
}
SHARES = {
    "0.6": 0.6,
    "60%": 0.6,
    "60 %": 0.6,
    "６０％": 0.6,
    "0,6": 0.6,
    "3/5": 0.6,
    "3 in 5": 0.6,
    "六成": 0.6,
    "٦٠٪": 0.6,
    "百分之六十": 0.6,
    "0.5%": 0.005,
}
WEEKS = {
    "3": 3,
    "1.5": 1.5,
    "1,5": 1.5,
    "2 wks": 2,
    "15 days": 2.14,
    "3 mons": 13,
    "3 months": 13,
    "1 quarter": 13,
    "半年": 26,
    "两周": 2,
    "2 Wochen": 2,
    "1 1/2": 1.5,
    "2 weeks 3 days": 2.43,
    "2周3天": 2.43,
}
RANGES = {"2-4 weeks": (2, 3, 4), "2/3/6": (2, 3, 6), "1-3 months": (4.33, 8.665, 13)}
ASKED = {
    ("1,234", "money"): ("1234", "1.2340"),
    ("€1,234", "money"): ("1234", "1.2340"),
    ("12,0000", "money"): ("120000", "12"),
    ("180.000", "money"): ("180000", "180"),
    ("1.200", "weeks"): ("1200", "1.2"),
    ("60", "share"): ("60%", "0.6"),
    ("1/2", "weeks"): ("0.5", "1-2"),
}
REFUSED = {
    ("10%", "money"): "is a share",
    ("3 weeks", "money"): "is a length of time",
    ("abc", "money"): "is not a number",
    ("1:30", "money"): "is not a number",
    ("2027-01-04", "money"): "is a date",
    ("nan", "money"): "finite",
    ("1e400", "money"): "finite",
    ("10²", "money"): "is not a number",
    ("1/0", "share"): "is not a share",
    ("150%", "share"): "from 0% to 100%",
    ("$5", "weeks"): "is an amount of money",
    ("10 hours", "weeks"): "hours of work",
}
READ = [
    *((text, "money", value) for text, value in MONEY.items()),
    *((text, "share", value) for text, value in SHARES.items()),
    *((text, "weeks", value) for text, value in WEEKS.items()),
]
PLAIN = re.compile(r"[0-9]+(\.[0-9]+)?(e[0-9]+)?")


def takes(way: str, place: str) -> bool:
    """Whether a figure of this kind comes in this way.

    A parameter is a plain number; a box shows shares in per cent: tests/builder/test_entry.py.
    """
    return place == "money" or (way != "notebook parameter" and (way, place) != (BOX, "share"))


@pytest.mark.parametrize("way", WAYS_IN)
@pytest.mark.parametrize(("text", "place", "value"), READ)
def test_a_figure_means_the_same_whichever_way_it_comes_in(way, text, place, value, tmp_path):
    """It is read as the value in the table; a plan file and a parameter name that value."""
    if not takes(way, place):
        return
    found = WAYS_IN[way](text, place, tmp_path)
    if way not in EXACT or PLAIN.fullmatch(text) or not found.reported:
        assert (found.value, found.reported) == (value, "")
    else:
        assert found.value is None
        assert written(value) in found.reported.replace(written(value, "share"), written(value))


@pytest.mark.parametrize("way", ["new --from, CSV", "class file, Excel", "plan file"])
@pytest.mark.parametrize(("text", "value"), RANGES.items())
def test_a_range_means_the_same_whichever_way_it_comes_in(way, text, value, tmp_path):
    """Low, likely and high; in a plan file the sentence names them as a list."""
    found = WAYS_IN[way](text, "weeks", tmp_path)
    assert found.value == value or str(list(value)) in found.reported


@pytest.mark.parametrize("way", WAYS_IN)
@pytest.mark.parametrize(("text", "place"), ASKED)
def test_what_can_be_meant_twice_is_asked_whichever_way_it_comes_in(way, text, place, tmp_path):
    """Nothing is read, or it is read as the box shows it; the sentence names both readings."""
    if not takes(way, place) or (way == "notebook parameter" and PLAIN.fullmatch(text)):
        return  # papermill has made a number of 180.000 before anybody can ask
    found = WAYS_IN[way](text, place, tmp_path)
    comma_of_a_box = way == BOX and "," in text  # it shows commas between thousands itself
    assert comma_of_a_box or found.value is None
    reported = (
        found.reported.replace("0.6", "60%") if place == "share" else found.reported + found.notes
    )
    one, other = ASKED[text, place]
    assert one in reported
    assert other.replace("0.6", "60%") in reported


@pytest.mark.parametrize("way", WAYS_IN)
@pytest.mark.parametrize(("text", "place"), REFUSED)
def test_what_is_no_figure_is_refused_whichever_way_it_comes_in(way, text, place, tmp_path):
    """In a sentence that says what was found instead, and never as a traceback."""
    if not takes(way, place):
        return
    found = WAYS_IN[way](text, place, tmp_path)
    assert found.value is None
    assert found.reported
    assert "Traceback" not in found.reported


@pytest.mark.parametrize("way", [way for way in WAYS_IN if way.startswith(("new", "class"))])
@pytest.mark.parametrize("text", ["3 months", "15 days", "1 quarter"])
def test_a_conversion_is_said_wherever_a_table_is_read(way, text, tmp_path):
    """With the cell it stands in."""
    notes = WAYS_IN[way](text, "weeks", tmp_path).notes
    assert re.search(r"[A-C]2 \(.*\): .* = \d", notes), notes
