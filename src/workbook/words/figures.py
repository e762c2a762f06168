"""Formats of numbers, money, weeks and chances, never more precise than their error.

Chances have two formats: a percentage in tables, and everyday words in sentences ("about 3 in 10").
Neither says 0 or 100 for a value that is only close to it, and neither shows a digit that the
standard error does not support.

Where pieces of Chinese text are joined there is no space between two Chinese characters or before
and after a quotation mark, and one between a Chinese character and a Latin letter or a figure. Text
inside a piece is not changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from math import floor, isfinite, log10
from typing import TypeVar

K = TypeVar("K", bound=str)
CHINESE = re.compile(r"[\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e]")
HAN = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[0-9A-Za-z%$€£¥<>+±\N{MINUS SIGN}]")
ENCLOSED = re.compile("“[^”]*”|（[^）]*）")
JOINING = re.compile("[，、和；：]")
FOLDED = re.compile(rf"(?<={CHINESE.pattern}) (?={CHINESE.pattern})")


def folded(text: str) -> str:
    """Remove the spaces that YAML's line folding leaves between two Chinese characters."""
    return FOLDED.sub("", text)


def paragraph(*sentences: str) -> str:
    """Join sentences; Chinese ones need no space between them."""
    return re.sub(r"(?<=[。！？；]) ", "", " ".join(sentence for sentence in sentences if sentence))


def joined(pieces: Iterable[str]) -> str:
    """Join the pieces with the spacing that Chinese readers expect."""
    text = ""
    for piece in pieces:
        text = _seam(text, piece) if text and piece else text + piece
    return text


def _seam(left: str, right: str) -> str:
    before, after = left.removesuffix(" "), right.removeprefix(" ")
    one, other = before[-1:], after[:1]
    if CHINESE.match(one) and CHINESE.match(other):
        return before + after
    if (HAN.match(one) and other == "“") or (one == "”" and HAN.match(other)):
        return before + after
    if (HAN.match(one) and LATIN.match(other)) or (LATIN.match(one) and HAN.match(other)):
        return f"{before} {after}"
    return left + right


def listed(items: Sequence[str]) -> str:
    """Join several items: `甲、乙和丙`; with quotes where an item could be read as two."""
    quoted = len(items) > 1 and any(JOINING.search(ENCLOSED.sub("", item)) for item in items)
    shown = [f"“{item}”" if quoted else item for item in items]
    return joined(["、".join(shown[:-1]), "和" if shown[1:] else "", *shown[-1:]])


MINUS = "\N{MINUS SIGN}"
ZH_NUMERALS = "零一两三四五六七八九十"
TEN_THOUSAND, HUNDRED_THOUSAND, HUNDRED_MILLION = 10**4, 10**5, 10**8
EXACT = 1e15
"""Floats of this size have no exact cents."""
EASY_SHARES = ((1, 4), (1, 3), (1, 2), (2, 3), (3, 4), *((k, 10) for k in range(1, 10)))


def number(value: float, decimals: int | None = None) -> str:
    """Format a number with grouped thousands: whole if it is whole, else three significant digits.

    `decimals` fixes the digits after the point.
    """
    if not isfinite(value):
        return "∞" if value > 0 else f"{MINUS}∞" if value < 0 else "–"
    if decimals is None:
        decimals = 0 if value == round(value) else max(0, 2 - floor(log10(abs(value))))
        shown = f"{abs(value):,.{min(decimals, 12)}f}"
        shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    else:
        shown = f"{abs(value):,.{decimals}f}"
    negative = value < 0 and any(digit in shown for digit in "123456789")
    return MINUS + shown if negative else shown


def decimals_carried(error: float) -> int:
    """Return the number of decimals that a figure with this standard error supports."""
    if error <= 0 or not isfinite(error):
        return 1
    return max(0, round(-log10(2 * error)))


def never_seen(error: float) -> dict[str, int]:
    """Of what no simulated life met, by its error: fewer than `k` in `n`; empty where exact."""
    from workbook.figures import LET_GO, NEVER_SEEN

    return {"k": NEVER_SEEN, "n": round(NEVER_SEEN / 2 / error)} if error > LET_GO else {}


def percent(share: float, error: float | None = None) -> str:
    """Format a share as a percentage: `42%`, `0.4%`; it says so if it is only nearly 0 or 100%."""
    points = share * 100
    if points in (0, 100):
        return f"{number(points)}%"
    near_an_end = 0 < points < 1 or 99 < points < 100
    decimals = 1 if near_an_end else 0
    if error is not None:
        decimals = min(1, decimals_carried(error * 100))
    least = 10.0**-decimals
    if 0 < points <= least / 2:
        return f"<{number(least)}%"
    if 100 - least / 2 <= points < 100:
        return f">{number(100 - least)}%"
    return f"{number(round(points, decimals), None if error is None else decimals)}%"


def rounded_shares(shares: Sequence[float], whole: int = 100) -> list[int]:
    """Round shares in proportion to whole parts that add up to `whole` (largest remainder)."""
    given = [max(0.0, share) for share in shares]
    scale = whole / sum(given) if any(given) else 0.0
    parts = [int(share * scale + 1e-9) for share in given]
    by_remainder = sorted(range(len(parts)), key=lambda place: parts[place] - given[place] * scale)
    for place in by_remainder[: whole - sum(parts)]:
        parts[place] += 1
    return parts


def of_a_hundred(fates: Mapping[K, float]) -> dict[K, int]:
    """Return how many of a hundred runs end in each fate; together exactly a hundred.

    The goal gets its chance in whole percent, wherever it is shown; the others share the rest.

    >>> of_a_hundred({"goal": 0.104, "ruin": 0.748, "stuck": 0.148})
    {'goal': 10, 'ruin': 75, 'stuck': 15}
    """
    goal = {fate: round(100 * share) for fate, share in fates.items() if fate == "goal"}
    others = [fate for fate in fates if fate != "goal"]
    rest = rounded_shares([fates[fate] for fate in others], 100 - sum(goal.values()))
    parts = goal | dict(zip(others, rest, strict=True))
    return {fate: parts[fate] for fate in fates}


def fate_percent(fates: Mapping[K, float], fate: K) -> str:
    """Format the share of a fate as a hundred runs have it, near 0 and 1 as `percent` does."""
    share, count = fates[fate], of_a_hundred(fates)[fate]
    if share in (0, 1):
        return percent(share)
    return "<1%" if count == 0 else ">99%" if count == 100 else f"{count}%"


def lay_share(share: float, error: float) -> tuple[str, int, int]:
    """Return a chance as `k` in `n`: a comparison ("<", "≈", ">"), then k and n.

    Hundredths near the ends if the error allows it, simple shares (a third, 7 in 10) in between.
    """
    fine = error < 0.01
    base = 100 if fine else 10
    if share < 1 / base:
        return ("<", 1, base)
    if share > 1 - 1 / base:
        return (">", base - 1, base)
    if fine and not 0.095 <= share <= 0.945:
        return ("≈", round(share * 100), 100)
    k, n = min(EASY_SHARES, key=lambda easy: abs(easy[0] / easy[1] - share))
    return ("≈", k, n)


def zh_count(count: int, of: int) -> str:
    """Return a count before a Chinese measure word: in characters if it is out of ten."""
    return ZH_NUMERALS[count] if of <= 10 else str(count)


@cache
def currency_sign(currency: str) -> str:
    """Return the currency sign for English: ¥, $, € … or the code."""
    if currency == "CNY":
        return "¥"
    from babel.numbers import get_currency_symbol

    sign = get_currency_symbol(currency, locale="en")
    return f"{currency} " if sign in {"¥", currency} else sign


@cache
def currency_name(currency: str) -> str:
    """Return the currency name for Chinese: 元, 美元 … or the code."""
    if currency == "CNY":
        return "元"
    from babel.numbers import get_currency_name

    return get_currency_name(currency, locale="zh")


def _whole_or_cents(amount: float) -> float:
    """Round to whole units, to cents below 10; halves round up, as in written amounts."""
    if abs(amount) >= EXACT:
        return amount
    unit = Decimal("0.01") if abs(amount) < 10 else Decimal(1)
    return float(Decimal(f"{amount:.15g}").quantize(unit, ROUND_HALF_UP))


def money_en(amount: float, currency: str) -> str:
    """Format an amount in English: `¥60,000`, `−$3.50`."""
    amount = _whole_or_cents(amount)
    shown = number(abs(amount), 0 if amount == round(amount) else 2)
    return (MINUS if amount < 0 else "") + currency_sign(currency) + shown


def money_zh(amount: float, currency: str) -> str:
    """Format an amount in Chinese: `6 万元`, `3,500 元`, `127.55 万元`.

    Below 100,000 万 is used only where it is exact; from there on it always is, so that one
    sentence does not name 29.4 万元 beside 271,832 元.
    """
    amount = _whole_or_cents(amount)
    name = currency_name(currency)
    for unit, character, decimals in ((HUNDRED_MILLION, "亿", 4), (TEN_THOUSAND, "万", 2)):
        exact = amount % (unit // 100) == 0
        if abs(amount) >= unit and (exact or abs(amount) >= HUNDRED_THOUSAND):
            shown = f"{abs(amount) / unit:,.{decimals}f}".rstrip("0").rstrip(".")
            return joined([f"{MINUS if amount < 0 else ''}{shown} {character}", name])
    shown = number(amount, 0 if amount == round(amount) else 2)
    return f"{shown} {name}"
