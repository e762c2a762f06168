"""The value of a cell of an Excel workbook, and the text that a person sees.

A cell that holds 120000 may show `12.0万`, 12 may show `12万`, 0.1 may show `10%`, and 3 may show
`3 months`: a number format scales and adds text. A format code is reduced to a scale, the text
around the number, percent, and date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache

from workbook.amounts.quantity import currencies
from workbook.consistency.faults import one_line
from workbook.errors import Message
from workbook.tables.sheet import Cell, error_value, text_cell

BUILT_IN = {
    9: "0%",
    10: "0.00%",
    **dict.fromkeys((14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)), "yyyy-mm-dd"),
    **dict.fromkeys((18, 19, 20, 21), "hh:mm"),
    **dict.fromkeys((45, 46, 47), "[h]:mm:ss"),
}
"""Codes that a file gives by number only; the others change nothing that matters here."""
TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|General|'
    r"E[+-](?P<exponent>)|(?P<digit>[0#?])|(?P<point>[.])|(?P<comma>,)|(?P<percent>[%％])|(?P<plain>.)",
    re.DOTALL | re.IGNORECASE,
)
SECTION = re.compile(r'(?:^|;)((?:"[^"]*"|\\.|\[[^\]]*\]|[^;])*)')
CONDITION = re.compile(r"([<>]=?|=|<>)\s*(-?[\d.]+)")
DATE_LETTERS = re.compile(r"[ymdhs]", re.IGNORECASE)
TIMES = {
    "k": 1e3, "t": 1e3, "tsd": 1e3, "tausend": 1e3, "thousand": 1e3, "千": 1e3, "tys": 1e3,
    "m": 1e6, "mm": 1e6, "mn": 1e6, "mio": 1e6, "mil": 1e6, "million": 1e6, "mill": 1e6,
    "万": 1e4, "萬": 1e4, "w": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "億": 1e8,
    "b": 1e9, "bn": 1e9, "billion": 1e9, "mrd": 1e9,
}  # fmt: skip
"""The factor of a text after a number, as people read it."""
CURRENCY = re.compile(
    r"[\s¥￥$€£₩₹]|元|块|圆|円|CNY|RMB|USD|EUR|GBP|CHF|JPY|US|HK|NT|kr|zł|Kč|Ft|Fr\.?"
)

LOCAL = {
    "$": {"C09": "AUD", "1009": "CAD", "C04": "HKD", "1409": "NZD", "1004": "SGD", "404": "TWD"},
    "¥": {"411": "JPY"},
    "￥": {"411": "JPY"},
}
"""The currency of a sign in a country, by Microsoft's number of its language."""


@dataclass(frozen=True)
class Format:
    """The effect of a number format on a number.

    Attributes
    ----------
    factor
        The factor of the value before it is shown (0.001 for `0,"k"`; 100 for a percentage).
    before, after
        The text around the number.
    kind
        `number`, `percent`, `date`, `time`, `duration`, or `text` that hides the number.
    currency
        The currency shown with the number: its code, sign or name; empty without one.
    """

    factor: float = 1.0
    before: str = ""
    after: str = ""
    decimals: int = 0
    kind: str = "number"
    currency: str = ""

    @property
    def unit(self) -> str:
        """The text around the number, without currencies."""
        return CURRENCY.sub("", self.before + self.after).strip(" ().-+/")

    def times(self) -> float | None:
        """The factor in the text around the number; None without one."""
        return TIMES.get(self.unit.casefold())

    def shown(self, value: float) -> str:
        """Return the number as a person sees it."""
        number = f"{value * self.factor:,.{self.decimals}f}"
        return f"{self.before}{number}{self.after}".strip()


@cache
def format_of(code: str, negative: bool = False, size: float = 0.0) -> Format:
    """Return the effect of a code on a number of this sign and size, by its section."""
    sections = SECTION.findall(code or "General")
    return _Section(_applying(sections, negative, size)).format()


def _applying(sections: list[str], negative: bool, size: float) -> str:
    value = -size if negative else size
    conditions = [CONDITION.search("".join(re.findall(r"\[([^\]]*)\]", s))) for s in sections[:2]]
    if not any(conditions):
        return sections[1] if negative and len(sections) > 1 else sections[0]
    for section, condition in zip(sections, conditions, strict=False):
        if condition is None or _holds(value, condition[1], float(condition[2])):
            return section
    return sections[min(2, len(sections) - 1)]


def _holds(value: float, sign: str, limit: float) -> bool:
    return {
        ">": value > limit, ">=": value >= limit, "<": value < limit, "<=": value <= limit,
        "=": value == limit, "<>": value != limit,
    }[sign]  # fmt: skip


class _Section:
    """One section of a format code, read token by token.

    Attributes
    ----------
    inside
        Of the number: digits, `.`, `,` and text between digits.
    before, after
        The text around the number.
    letters
        Plain letters, of which some make a date.
    """

    def __init__(self, section: str) -> None:
        self.inside: list[str] = []
        self.before = self.after = self.letters = self.currency = ""
        self.percent, self.elapsed = 0, False
        for token in TOKEN.finditer(section):
            self._read(token)

    def _read(self, token: re.Match[str]) -> None:
        if token["bracket"] is not None:
            self._read_bracket(token["bracket"])
        elif token["digit"] or token[0].casefold() in ("general", "@"):
            between = self.after if self.inside else ""
            self.inside += [f"“{between}”", "0"] if between else ["0"]
            self.after = ""
        elif (token["point"] or token["comma"]) and self.inside:
            self.inside.append(token[0])
        else:
            self.percent += bool(token["percent"])
            self.letters += token["plain"] or ""
            parts = ("quoted", "escaped", "plain", "percent")
            self._add_text(next(filter(None, map(token.__getitem__, parts)), ""))

    def _read_bracket(self, bracket: str) -> None:
        self.elapsed |= bool(re.fullmatch(r"[hms]+", bracket, re.IGNORECASE))
        if bracket.startswith("$"):
            sign, _, place = bracket[1:].partition("-")
            self.currency = LOCAL.get(sign, {}).get(place.upper().lstrip("0"), "")
            self._add_text(sign)

    def _add_text(self, text: str) -> None:
        if self.inside:
            self.after += text
        else:
            self.before += text

    def format(self) -> Format:
        """Return the effect of the section on a number."""
        if self.elapsed or DATE_LETTERS.search(self.letters):
            return Format(kind=_date_look(self.letters, self.elapsed))
        factor, decimals = _number_look(self.inside)
        kind = "percent" if self.percent else "number" if self.inside else "text"
        shown_in = self.currency or "".join(CURRENCY.findall(self.before + self.after)).strip()
        named = shown_in if shown_in.casefold() in currencies() else ""
        factor *= 100.0**self.percent
        return Format(factor, self.before, self.after, decimals, kind, named)


def _date_look(letters: str, elapsed: bool) -> str:
    if elapsed:
        return "duration"
    return "date" if re.search("[yd]", letters, re.IGNORECASE) or letters.strip() == "m" else "time"


def _number_look(inside: list[str]) -> tuple[float, int]:
    """Return the scale of a number's pattern, and the number of decimals shown.

    A comma after the last digit divides by 1,000; a literal point between digits (`0!.0,`) makes
    12.0万 of 120000: the digits after it are read as decimals.
    """
    while inside and inside[-1] == ".":
        inside.pop()
    plain = "".join(part for part in inside if len(part) == 1)
    whole, _, tail = plain.partition(".")
    thousands = sum(len(part) - len(part.rstrip(",")) for part in (whole, tail))
    signs = ("“.”", "“,”") if thousands else ("“.”",)  # 1\\,20\\,000 groups, and divides nothing
    drawn = [n for n, part in enumerate(inside) if part in signs]
    behind = inside[drawn[-1] :].count("0") if drawn else 0
    return 1000.0**-thousands * 10.0**-behind, tail.count("0") or behind


NO_VALUE = Message("this formula has no value yet; open the file in Excel, save it, try again")
HIDDEN = Message("a cell that shows {seen} holds {value}; {value} is what counts")
SURE = ("k", "tsd", "tausend", "thousand", "千", "万", "萬", "亿", "億", "百万", "千万", "million")
"""Texts after a number that every reader takes as a multiple."""


@dataclass(frozen=True, slots=True)
class Look:
    """The attributes of a cell: kind of content, number format code, formula."""

    kind: str = "n"
    code: str = "General"
    from_1904: bool = False
    formula: bool = False


def cell_of(text: str | None, look: Look) -> Cell:
    """The cell of this text in the file; None where the file gives no value."""
    if text is None or (not text and look.kind != "str"):
        return Cell(problem=NO_VALUE) if look.formula else Cell()
    if look.kind == "e":
        return Cell(one_line(text), problem=error_value(one_line(text)))
    if look.kind == "b":
        return Cell("true" if text.strip() in ("1", "true") else "false")
    if look.kind == "d":
        return _dated(datetime.fromisoformat(text.strip().removesuffix("Z")))
    if look.kind in ("s", "str", "inlineStr"):
        return text_cell(text)
    return _number(float(text), look)


def _number(value: float, look: Look) -> Cell:
    found = format_of(look.code, value < 0, abs(value))
    if found.kind in ("date", "time", "duration"):
        return _moment(value, found.kind, look.from_1904)
    return replace(_shown_number(value, found), currency=found.currency)


def _shown_number(value: float, found: Format) -> Cell:
    plain = plain_number(value)
    if found.kind == "text":
        values = {"seen": f"“{found.before}”", "value": f"{value:,.12g}"}
        return Cell(plain, value, notes=(Message(HIDDEN.template, values),))
    if found.kind == "percent":
        return Cell(f"{plain_number(round(value * 100, 10))}%", exact=True)
    if (times := found.times()) is not None:
        return _scaled(value, found, times)
    if found.unit:  # `3 months`: the unit is read later
        return Cell(one_line(f"{plain_number(_read(value, found))} {found.unit}"), exact=True)
    if found.factor != 1.0:
        note = Message(HIDDEN.template, {"seen": found.shown(value), "value": f"{value:,.12g}"})
        return Cell(plain, value, notes=(note,))
    return Cell(plain, value)


def _read(value: float, found: Format) -> float:
    return round(value * found.factor, 10)


def _scaled(value: float, found: Format, times: float) -> Cell:
    """Read a number displayed as a multiple, such as `12万`, by its format or as typed."""
    seen, meant = found.shown(value), round(value * found.factor * times, 6)
    values = {"seen": seen, "value": f"{meant:,.12g}"}
    if found.factor == 1.0 and found.unit.casefold() not in SURE:
        template = "this cell shows {seen} and holds {held}; write {value}, or take off the format"
        return Cell(seen, problem=Message(template, {**values, "held": plain_number(value)}))
    note = Message("a cell that shows {seen} was read as {value}", values)
    return Cell(plain_number(meant), meant, notes=(note,))


def _moment(value: float, kind: str, from_1904: bool) -> Cell:
    if kind == "duration":
        length = timedelta(days=value)
        return Cell(f"{length.total_seconds() / 3600:g} h", length)
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
    if not from_1904 and value < 60:  # Excel assumes that 1900 had a 29 February
        start += timedelta(days=1)
    try:
        moment = start + timedelta(seconds=round(value * 86400))
    except OverflowError:
        return Cell(plain_number(value), value)
    if kind == "time" and value < 1:
        return Cell(moment.time().isoformat().removesuffix(":00"))
    return _dated(moment)


def _dated(moment: datetime) -> Cell:
    if moment.time() == time():
        return Cell(moment.date().isoformat(), moment.date())
    return Cell(moment.isoformat(" "), date(moment.year, moment.month, moment.day))


def plain_number(value: float) -> str:
    """Format a number in digits: whole if it is whole, without exponent if short."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)
