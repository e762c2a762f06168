"""One figure with the words before and after it: sign, currency, scale, unit.

The words come first: scales, currencies, durations, people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Literal

from workbook.amounts.digits import NUMBER, Readings, readings_of

Group = Literal["scale", "currency", "share", "time", "counter", "filler"]
WEEKS_PER_YEAR = 52


@dataclass(frozen=True)
class Word:
    """The meaning of a word next to a number.

    Attributes
    ----------
    group
        The kind of word.
    name
        A currency's code; a unit's name (`months`); for other words, our name for it.
    times
        The factor of the number: a scale's factor; for a share, the factor to a share of 1.
    """

    group: Group
    name: str = ""
    times: Decimal = Decimal(1)


LENGTHS: Mapping[str, Decimal] = {
    "days": Decimal(1) / 7,
    "calendar days": Decimal(1) / 7,
    "working days": Decimal(1) / 5,
    "weeks": Decimal(1),
    "months": Decimal(WEEKS_PER_YEAR) / 12,
    "quarters": Decimal(WEEKS_PER_YEAR) / 4,
    "years": Decimal(WEEKS_PER_YEAR),
    "minutes": Decimal(1) / 60,
    "hours": Decimal(1),
}
"""Weeks per unit of time; for minutes and hours, hours per unit."""

TIMES: Mapping[str, str] = {
    "days": "d|day|days|tag|tage|tagen|j|jr|jrs|jour|jours|día|días|dia|dias|giorno|giorni"
    "|dag|dagen|день|дня|дней|天|日|일",
    "calendar days": "ed|eday|edays|calendar day|calendar days|kalendertage|个自然日|自然日",
    "working days": "workday|workdays|working day|working days|work days|business day"
    "|business days|arbeitstag|arbeitstage|jours ouvrés|工作日|个工作日|工作天|営業日",
    "weeks": "w|wk|wks|week|weeks|ew|ewk|ewks|eweek|eweeks|woche|wochen|sem|sems|sm|semaine"
    "|semaines|semana|semanas|settimana|settimane|weken|неделя|недели|недель|周|星期|个星期|礼拜|个礼拜"
    "|个周|週|週間|주",
    "months": "mo|mos|mon|mons|month|months|emon|emons|emonth|emonths|monat|monate|monaten|mois"
    "|mes|meses|mês|mese|mesi|maanden|месяц|месяца|месяцев|月|个月|個月|ヶ月|か月|カ月|개월",
    "quarters": "q|qtr|qtrs|quarter|quarters|quartal|quartale|trimestre|trimestres|季|季度|个季度"
    "|個季度|四半期",
    "years": "y|yr|yrs|year|years|jahr|jahre|jahren|ans|année|années|año|años|ano|anos|anno|anni"
    "|jaar|год|года|лет|年|年間|년",
    "minutes": "min|mins|minute|minutes|minuten|分钟|分鐘|分",
    "hours": "h|hr|hrs|hour|hours|eh|ehr|ehrs|std|stunde|stunden|heure|heures|hora|horas|ore|uur"
    "|час|часа|часов|小时|个小时|钟头|个钟头|工时|小時|時間|시간",
}
SCALES: Mapping[str, int] = {
    **dict.fromkeys(["k", "thousand", "thousands", "tsd", "千"], 1_000),
    **dict.fromkeys(["m", "mn", "mm", "mio", "mil", "million", "millions", "百万"], 1_000_000),
    **dict.fromkeys(["b", "bn", "mrd", "billion", "billions", "十亿"], 1_000_000_000),
    **dict.fromkeys(["万", "萬", "w"], 10_000),
    **dict.fromkeys(["亿", "億"], 100_000_000),
    **dict.fromkeys(["lakh", "lakhs", "lac"], 100_000),
    **dict.fromkeys(["crore", "crores", "cr"], 10_000_000),
    "百": 100,
    "十万": 100_000,
    "千万": 10_000_000,
}
SHARES: Mapping[str, Decimal] = {
    **dict.fromkeys(["%", "percent", "pct"], Decimal("0.01")),
    "per cent": Decimal("0.01"),
    "‰": Decimal("0.001"),
}
COUNTERS = (
    "people person users user customers customer buyers buyer clients units unit pieces pcs"
    " pc times time x tries try attempts attempt teams team orders visitors points 人 次 个 家"
    " 名 位 件 份 单 户 组 队 遍 回 台 套"
)
FILLERS = (
    "about|approx|approximately|around|circa|ca|some|roughly|or so|only|≈|?"
    "|约|大约|大概|左右|上下|整"
)
LONGEST = 14
"""The length of the longest word."""
SIGNED_CURRENCIES: Mapping[str, tuple[str, ...]] = {
    "¥": ("CNY", "JPY"),
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN"),
    "元": ("CNY",),
    "块": ("CNY",),
    "块钱": ("CNY",),
    "圆": ("CNY",),
    "元整": ("CNY",),
    "rmb": ("CNY",),
    "人民币": ("CNY",),
    "cn¥": ("CNY",),
    "us$": ("USD",),
    "美元": ("USD",),
    "美金": ("USD",),
    "刀": ("USD",),
    "dollar": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD"),
    "dollars": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD"),
    "欧元": ("EUR",),
    "euro": ("EUR",),
    "euros": ("EUR",),
    "yuan": ("CNY",),
    "港币": ("HKD",),
    "港元": ("HKD",),
    "日元": ("JPY",),
    "円": ("JPY",),
    "日圆": ("JPY",),
    "yen": ("JPY",),
    "英镑": ("GBP",),
    "pounds": ("GBP",),
    **dict.fromkeys(["rs", "rupees"], ("INR", "PKR", "LKR", "NPR", "MUR")),
}
"""Signs and names of currencies, with the currencies they may mean, the most likely first."""

PER = re.compile(
    r"(?:/|per |a |an |each |every |每个?)\s*"
    r"(?P<unit>(?:days?|d|weeks?|wks?|w|months?|mo|quarters?|q|years?|yr|y)(?![a-z])"
    r"|天|日|周|星期|月|季度?|年)"
    r"|(?P<adverb>daily|weekly|monthly|quarterly|yearly|annually)(?![a-z])"
)
"""The period of an amount: `per week`, `/month`, `每月`, `monthly`."""


@cache
def words() -> Mapping[str, tuple[Word, ...]]:
    """Return the possible meanings of each word next to a number, by lower-case text."""
    known: dict[str, tuple[Word, ...]] = {}
    for text, word in _all_words():
        known[text] = (*known.get(text, ()), word)
    return known


def _all_words() -> Iterator[tuple[str, Word]]:
    for name, texts in TIMES.items():
        for text in texts.split("|"):
            yield text, Word("time", name, LENGTHS[name])
    for text, times in SCALES.items():
        yield text, Word("scale", text, Decimal(times))
    for text, share in SHARES.items():
        yield text, Word("share", text, share)
    for text in COUNTERS.split():
        yield text, Word("counter", text)
    for text in FILLERS.split("|"):
        yield text, Word("filler", text)
    for text in currencies():
        yield text, Word("currency", text)


@cache
def currencies() -> Mapping[str, tuple[str, ...]]:
    """Return the currencies that a sign, a name or a code may mean, by lower-case text."""
    from babel.numbers import get_currency_symbol, list_currencies

    codes = {code.casefold(): (code,) for code in list_currencies("en")}
    signs = {
        get_currency_symbol(code, locale="en").casefold(): (code,) for (code,) in codes.values()
    }
    return {**signs, **codes, **SIGNED_CURRENCIES}


def word_before(text: str, groups: Sequence[Group]) -> tuple[Word, str] | None:
    """Return the longest known word at the start of a text, and the rest; None without one.

    A word in Latin letters ends where its letters end: `mo` is not part of `more`. If there are
    several meanings (`w`: weeks, or 万) the one whose group comes first in `groups` is taken.
    """
    folded = text.casefold()
    for length in range(min(LONGEST, len(text)), 0, -1):
        found = words().get(folded[:length])
        cut = folded[length - 1 : length + 1]
        if found and not (len(cut) == 2 and cut.isascii() and cut.isalpha()):
            order = [*groups, *(word.group for word in found)]
            word = min(found, key=lambda word: order.index(word.group))
            return word, text[length:].lstrip(" .,")
    return None


NO_CENTS = re.compile(r"[.,/]\s?[-–]+")
"""Marks for "no cents" after an amount: `1200,-`, `1200/-`."""
PER_UNITS = {
    "d": "days",
    "天": "days",
    "日": "days",
    "w": "weeks",
    "周": "weeks",
    "星": "weeks",
    "m": "months",
    "月": "months",
    "q": "quarters",
    "季": "quarters",
    "y": "years",
    "a": "years",
    "年": "years",
}


@dataclass(frozen=True)
class Quantity:
    """A figure as written.

    Attributes
    ----------
    digits
        Its digits as written, and `readings`: their meaning by decimal separator.
    sign
        1 or -1; `signed` if a sign is written, `bracketed` if brackets mean a minus.
    words
        The words next to it, in order.
    per
        Its period (`months` in `3,000 a month`); None without one.
    counted
        Whether the unit of time is written before it, as in `Q1` and `week 3`.
    """

    digits: str
    readings: Readings
    sign: int = 1
    signed: bool = False
    bracketed: bool = False
    words: tuple[Word, ...] = ()
    per: str | None = None
    counted: bool = False

    def word(self, group: Group) -> Word | None:
        """Return the word of a group; None without one."""
        return next((word for word in self.words if word.group == group), None)

    @property
    def scale(self) -> Decimal:
        """Return the product of its scales: 1,000,000 for 3 百万."""
        times = Decimal(1)
        for word in self.words:
            times *= word.times if word.group == "scale" else 1
        return times

    def like(self, other: Quantity) -> Quantity:
        """Return the figure with the words of another if it has none: `2` in `2-4 weeks`."""
        if self.words:
            return self
        return replace(self, words=other.words, per=other.per)


def quantity_in(text: str, groups: Sequence[Group]) -> Quantity | None:
    """Return the figure in a text of plain characters; None if there is no or more than one figure.

    `groups` take precedence if a word has several meanings.
    """
    number = NUMBER.search(text)
    if number is None or not (readings := readings_of(number[0].casefold())):
        return None
    before, behind = text[: number.start()].strip(), text[number.end() :].strip()
    if NO_CENTS.fullmatch(f".{behind}" if number[0].endswith(".") else behind):
        behind = ""
    bracketed = before.startswith("(") and behind.endswith(")")
    if bracketed:
        before, behind = before[1:].strip(), behind[:-1].strip()
    before, behind, sign = _signed(before, behind)
    front, back = _words(before, groups), _words(behind, groups)
    if front is None or back is None or (bracketed and sign):
        return None
    return Quantity(
        digits=number[0],
        readings=readings,
        sign=-1 if bracketed or sign == "-" else 1,
        signed=bool(sign),
        bracketed=bracketed,
        words=(*front[0], *back[0]),
        per=front[1] or back[1],
        counted=any(word.group == "time" for word in front[0]),
    )


def _signed(before: str, behind: str) -> tuple[str, str, str]:
    """Split off the sign: return the text before and after, and `-`, `+` or empty."""
    found = re.search(r"^[-–+]|[-–+]$", before)
    if found:
        rest = (before[: found.start()] + before[found.end() :]).strip()
        return rest, behind, "+" if found[0] == "+" else "-"
    if behind == "-":
        return before, "", "-"
    return before, behind, ""


def _words(text: str, groups: Sequence[Group]) -> tuple[list[Word], str | None] | None:
    """Return the words of a text and its period; None if a word is unknown."""
    found: list[Word] = []
    per: str | None = None
    text = text.lstrip(" .")
    while text:
        for_each = PER.match(text.casefold())
        if for_each and per is None:
            per = PER_UNITS[(for_each["unit"] or for_each["adverb"])[0]]
            text = text[for_each.end() :].lstrip(" .,")
            continue
        known = word_before(text, groups)
        if known is None:
            return None
        found.append(known[0])
        text = known[1]
    return found, per
