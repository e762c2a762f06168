"""One plain form of a text: odd characters replaced, numbers in words converted to digits.

Full-width characters, odd spaces, minus signs and fractions get their ASCII form; 三万五, 六成五,
百分之六十 and `two` become digits, but only if the whole number is in words: `3万` has digits and a
scale, which `quantity` knows; `1万5` becomes 1.5万.
"""

from __future__ import annotations

import re
import unicodedata

MINUS_SIGNS = "\u2212\u2010\u2011\u2012\ufe63"  # −, hyphens, figure dash, small hyphen-minus
DASHES = "\u2013\u2014\u2015\u301c\uff5e\u223c~"  # –, —, ―, wave dashes: between two figures
ABOUT = re.compile("^(\\s*[$¥￥€£]?\\s*)[\u301c\uff5e\u223c~]")
"""A tilde before a figure: `~500` is about 500, never a negative number."""
APOSTROPHES = "\u2019\u2018\u02bc\u00b4`\u066c"  # Swiss thousands separator, and the Arabic one
FRACTION = re.compile(r"(\d*)\s?([¼½¾⅐-⅞])")
MIXED = re.compile(r"(?<![\d.,/])(\d+) ([1-9])/([2-9])(?![\d.,]|\s*/)")
SIGNS = {
    **dict.fromkeys(MINUS_SIGNS, "-"),
    **dict.fromkeys(DASHES, "–"),
    **dict.fromkeys(APOSTROPHES, "'"),
    "\u066b": ".",  # the Arabic decimal separator
    "\u066a": "%",  # the Arabic per cent sign
    "，": ",",
    "。": ".",
}


def plain(text: str) -> str:
    """Return the text with ASCII digits and punctuation, single spaces, no invisible characters.

    Superscripts and circled digits are kept: `10²` is not 102.

    >>> plain("￥１，２００．５０")
    '¥1,200.50'
    """
    text = FRACTION.sub(_mixed, ABOUT.sub(r"\1≈", text))
    return MIXED.sub(_parts, " ".join("".join(map(_sign, text)).split()))


def _parts(found: re.Match[str]) -> str:
    """Return a whole number and a proper fraction as one number: `1 1/2` is 1.5."""
    whole, above, below = map(int, found.groups())
    return f"{whole + above / below:.6g}" if above < below else found[0]


def _mixed(found: re.Match[str]) -> str:
    """Return a whole number and a fraction as one number: `1½` is 1.5."""
    return f"{int(found[1] or 0) + unicodedata.numeric(found[2]):.6g}"


def _sign(character: str) -> str:
    if character in SIGNS:
        return SIGNS[character]
    if unicodedata.category(character) == "Cf":
        return ""
    if (digit := unicodedata.decimal(character, None)) is not None:
        return str(digit)
    if unicodedata.decomposition(character).startswith(("<wide>", "<narrow>", "<small>")):
        return unicodedata.normalize("NFKC", character)
    return " " if character.isspace() else character


DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = re.compile(
    r"(?<![0-9.,万亿千百十])[零〇一二两三四五六七八九十][零〇一二两三四五六七八九十百千万亿]*"
)
THOUSANDS_BEHIND = re.compile(
    r"(?<![\d.,])(\d+)(?:万([1-9一二三四五六七八九])千?|([亿千])([1-9一二三四五六七八九]))(?![\d.,万亿千百十])"
)
"""`1万5`, `1万5千` and `3千2`: digits with a unit, and a last digit that is a tenth of it."""
PER_CENT = re.compile(r"百分之([\d.]+)")
SPOKEN_FRACTION = re.compile(r"([\d.]+)分之([\d.]+)")
TENTHS = re.compile(r"(?:(?<![\d.])(\d)\s*[-–到至]\s*)?([\d.]+)[成割](半|\d)?分?")
TIME = r"(?:[个個ヶか]?(?:工作)?(?:天|日|周|週間|星期|礼拜|月|季度|年|小时|時間))"
BEHIND_TIME = re.compile(r"(?<=[年月周週天日])零?(?=[\d.]+\s*[个年月周週星天日])")
HALF_BEFORE = re.compile(rf"^半(?={TIME})")
OR_SO = re.compile(r"(.*?)([一二两三四五六七八九])([二两三四五六七八九])([十百千万亿]*)")
"""Two digits next to each other in a numeral: 两三万, 十二三天."""
HALF_WITHIN = re.compile(rf"([\d.]+)(个)半(?={TIME})")
HALF_BEHIND = re.compile(rf"([\d.]+)({TIME})半")
COUNTED = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
ENGLISH = {word: n for n, word in enumerate(COUNTED, start=1)} | {"a": 1, "an": 1}
ENGLISH_NUMERAL = re.compile(r"^(half an?|half|an?|" + "|".join(COUNTED) + r")[ -](?=[a-z])")


def with_digits(text: str) -> str:
    """Return the text with its numbers in words written as digits.

    >>> with_digits("三万五"), with_digits("六成五"), with_digits("半年"), with_digits("两三万")
    ('35000', '65%', '0.5年', '20000–30000')
    >>> with_digits("1万5"), with_digits("3千2")
    ('1.5万', '3.2千')
    """
    text = NUMERAL.sub(_chinese, text)
    text = THOUSANDS_BEHIND.sub(_tenth_of_unit, text)
    text = PER_CENT.sub(r"\1%", text)
    text = SPOKEN_FRACTION.sub(r"\2/\1", text)
    text = TENTHS.sub(_tenths, text)
    text = HALF_BEFORE.sub("0.5", text)
    text = HALF_WITHIN.sub(lambda found: f"{found[1]}.5{found[2]}", text)
    text = HALF_BEHIND.sub(lambda found: f"{found[1]}.5{found[2]}", text)
    return ENGLISH_NUMERAL.sub(_english, BEHIND_TIME.sub(" ", text))


def _chinese(found: re.Match[str]) -> str:
    """Return the digits of a numeral: 两三万 is a span, 二〇二七 a year.

    `三五` alone (3 to 5, or 35) is kept, and two digits that are no span of neighbours.
    """
    numeral = found[0]
    alone = found.end() == len(found.string)
    if set(numeral) & set("零〇") and set(numeral) <= set(DIGITS):
        return "".join(str(DIGITS[character]) for character in numeral)
    if (pair := OR_SO.fullmatch(numeral)) is not None:
        low, high = (value_of(f"{pair[1]}{pair[n]}{pair[4]}") for n in (2, 3))
        spans = DIGITS[pair[3]] - DIGITS[pair[2]] == 1 or pair[2] + pair[3] == "三五"
        kept = not spans or OR_SO.match(pair[1]) or (alone and len(numeral) == 2)
        return numeral if kept else f"{low}–{high}"
    return numeral if len(numeral) > 1 and set(numeral) <= set(DIGITS) else str(value_of(numeral))


def _tenth_of_unit(found: re.Match[str]) -> str:
    digit = found[2] or found[4]
    return f"{found[1]}.{DIGITS.get(digit, digit)}{found[3] or '万'}"


def _tenths(found: re.Match[str]) -> str:
    low, whole, rest = found[1], found[2], found[3] or "0"
    share = f"{whole}{'5' if rest == '半' else rest}%"
    return f"{low}0%–{share}" if low else share


def _english(found: re.Match[str]) -> str:
    return "0.5 " if found[1].startswith("half") else f"{ENGLISH[found[1]]} "


def value_of(numeral: str) -> int:
    """Return the value of a Chinese numeral; a last digit without unit is a tenth: 三万五."""
    large = section = digit = 0
    last_unit = 1
    for character in numeral:
        if character in DIGITS:
            digit = DIGITS[character]
            last_unit = 1 if character in "零〇" else last_unit
            continue
        if character in UNITS:
            last_unit = UNITS[character]
            section += (digit or (0 if section else 1)) * last_unit
        elif character == "万":
            last_unit = 10_000
            large, section = large + (section + digit) * last_unit, 0
        else:
            last_unit = 100_000_000
            large, section = (large + section + digit) * last_unit, 0
        digit = 0
    return large + section + digit * max(1, last_unit // 10)
