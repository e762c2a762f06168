"""Figures as people write them: read as they are meant, asked where they can be meant twice."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import example, given
from hypothesis import strategies as st

from workbook.amounts import PAGE, NumberStyle, Reading, read, read_date, style_of, written
from workbook.amounts.dates import MONTHS_OF
from workbook.amounts.quantity import currencies
from workbook.words import Words

PERCENT = NumberStyle(percent=True)
COMMA, POINT = NumberStyle(decimal=","), NumberStyle(decimal=".")
NBSP, NARROW, THIN, WIDE = "\u00a0", "\u202f", "\u2009", "\u3000"

MONEY = {
    "1200": 1200,
    "1.200,50": 1200.5,
    "1,200.50": 1200.5,
    "1'200": 1200,
    "1’200.50": 1200.5,
    "1 200": 1200,
    f"1{NBSP}200": 1200,
    f"1{NARROW}200,50": 1200.5,
    f"1{THIN}200{THIN}300": 1_200_300,
    f"{WIDE}1200{WIDE}": 1200,
    "1.234.567": 1_234_567,
    "1,00,000": 100_000,
    "1_000": 1000,
    "012": 12,
    "1e5": 100_000,
    "1,5": 1.5,
    "0,125": 0.125,
    ".5": 0.5,
    "½": 0.5,
    "1½": 1.5,
    "12万": 120_000,
    "1.5 亿": 150_000_000,
    "3千": 3000,
    "12百万": 12_000_000,
    "三万": 30_000,
    "三万五": 35_000,
    "1万5": 15_000,
    "１２万５元": 125_000,
    "1万5千": 15_000,
    "3千2": 3200,
    "1万五": 15_000,
    "两千五百": 2500,
    "一百零五": 105,
    "一亿两千万": 120_000_000,
    "1.5m": 1_500_000,
    "150k": 150_000,
    "150 K": 150_000,
    "2 mio": 2_000_000,
    "2 Mio.": 2_000_000,
    "5 million dollars": 5_000_000,
    "3 lakh": 300_000,
    "¥1,200": 1200,
    "￥1,200": 1200,
    "CN¥ 1200": 1200,
    "1200元": 1200,
    "1200 元整": 1200,
    "CNY 1200": 1200,
    "1200 CNY": 1200,
    "人民币1200": 1200,
    "€5": 5,
    "5 €": 5,
    "US$1.5k": 1500,
    "$1,200": 1200,
    "１，２００．５０": 1200.5,
    "－５": -5,
    "-5": -5,
    "\u22125": -5,
    "–5": -5,
    "+5000": 5000,
    "5-": -5,
    "-$5": -5,
    "$-5": -5,
    "(1,200.50)": -1200.5,
    "1200,-": 1200,
    "1200.-": 1200,
    "CHF 30’000.-": 30_000,
    "₹ 2,00,000": 200_000,
    "R$ 1.200,00": 1200,
    "'5000": 5000,
    "约 500 元": 500,
    "about 500": 500,
    "3w": 30_000,
    "\u200e1200\u200f": 1200,
    "٣٠٠": 300,
    "Rs. 50,000/-": 50_000,
    "Rs 5 lakh": 500_000,
}
SHARES = {
    "60%": 0.6,
    "60 %": 0.6,
    "６０％": 0.6,
    "60 percent": 0.6,
    "0.6": 0.6,
    "0,6": 0.6,
    "3/5": 0.6,
    "3 in 5": 0.6,
    "3 out of 5": 0.6,
    "六成": 0.6,
    "六成五": 0.65,
    "4割5分": 0.45,
    "七成半": 0.75,
    "百分之六十": 0.6,
    "五分之三": 0.6,
    "half": 0.5,
    "一半": 0.5,
    "1 in 3": 1 / 3,
    "5‰": 0.005,
    "0.5%": 0.005,
    "0": 0,
    "1": 1,
    "1.000": 1,
}
WEEKS = {
    "3": 3,
    "2 wks": 2,
    "2 周": 2,
    "2周": 2,
    "两周": 2,
    "two weeks": 2,
    "15 days": 2.14,
    "10 天": 1.43,
    "10 working days": 2,
    "10个工作日": 2,
    "3 mons": 13,
    "3 months": 13,
    "3个月": 13,
    "两个半月": 10.83,
    "1 quarter": 13,
    "一个季度": 13,
    "半年": 26,
    "一年半": 78,
    "half a year": 26,
    "1 year": 52,
    "2.5 weeks": 2.5,
    "2,5 Weeks": 2.5,
    "1½ months": 6.5,
    "1 mon?": 4.33,
    "2 emons": 8.67,
    "3 Wochen": 3,
    "2 semaines": 2,
    "15 días": 2.14,
    "3 ヶ月": 13,
    "1ヶ月半": 6.5,
    "2 недели": 2,
}
RANGES = {
    "2-4": (2, 3, 4),
    "2–4": (2, 3, 4),
    "2~4": (2, 3, 4),
    "2～4": (2, 3, 4),
    "2 to 4": (2, 3, 4),
    "2到4": (2, 3, 4),
    "2-4 weeks": (2, 3, 4),
    "一到两周": (1, 1.5, 2),
    "三五周": (3, 4, 5),
    "十二三周": (12, 12.5, 13),
    "1-3 months": (4.33, 8.665, 13),
    "2/3/6": (2, 3, 6),
    "2 / 3 / 6": (2, 3, 6),
    "2 3 6": (2, 3, 6),
    "2, 3, 6": (2, 3, 6),
    "2,3,6": (2, 3, 6),
    "[2, 3, 6]": (2, 3, 6),
    "2;3;6": (2, 3, 6),
    "2、3、6": (2, 3, 6),
    "1,5 2,5 4": (1.5, 2.5, 4),
    "3": 3,
    "0,1": 0.1,
}
LISTS = {
    "20% 35% 50%": (0.2, 0.35, 0.5),
    "20/35/50%": (0.2, 0.35, 0.5),
    "0,2 0,35 0,5": (0.2, 0.35, 0.5),
    "0.2/0.35": (0.2, 0.35),
    "0.2, 0.35, 0.5": (0.2, 0.35, 0.5),
    "20%, 35%": (0.2, 0.35),
    "3/5": 0.6,
    "60%": 0.6,
}


def said(reading: Reading) -> list[str]:
    return [str(note) for note in reading.notes]


@pytest.mark.parametrize(("text", "value"), MONEY.items())
def test_money_is_read_as_it_is_written(text, value):
    """An amount is read in every style that people write, and the reading is no question."""
    reading = read(text, "money")
    assert (reading.value, reading.problem) == (value, None)


@pytest.mark.parametrize(("text", "value"), SHARES.items())
def test_a_share_is_read_as_it_is_written(text, value):
    """A share is read as a percentage, a fraction or a number from 0 to 1."""
    assert read(text, "share").value == value


@pytest.mark.parametrize(("text", "value"), WEEKS.items())
def test_a_length_is_read_in_weeks(text, value):
    """Days, months, quarters and years become weeks."""
    assert read(text, "weeks").value == value


@pytest.mark.parametrize(("text", "value"), RANGES.items())
def test_a_range_is_low_likely_and_high(text, value):
    """A place for a range takes one figure, a span of two, or three."""
    assert read(text, "weeks", several="range").value == value


@pytest.mark.parametrize(("text", "value"), LISTS.items())
def test_pass_rates_by_attempt_are_a_list(text, value):
    """A pass rate is one share, or one for each attempt."""
    assert read(text, "share", several="list").value == value


AMBIGUOUS = [
    ("1,234", "money", None, {1234, 1.234}),
    ("1.234", "money", None, {1234, 1.234}),
    ("180.000", "money", None, {180, 180_000}),
    ("50.000", "money", PAGE, {50, 50_000}),
    ("€1,234", "money", None, {1234, 1.234}),
    ("12,0000", "money", None, {12, 120_000}),
    ("10.000", "count", None, {10, 10_000}),
    ("60", "share", None, {0.6}),
    ("0.5", "share", PERCENT, {0.5, 0.005}),
]


@pytest.mark.parametrize(("text", "kind", "style", "choices"), AMBIGUOUS)
def test_what_can_be_meant_twice_is_asked(text, kind, style, choices):
    """A figure with two meanings is not read; the question names each, ready to be typed."""
    reading = read(text, kind, style)
    assert (reading.value, set(reading.choices)) == (None, choices)
    for choice in choices:
        again = written(choice, kind)
        assert again in str(reading.problem)
        assert read(again, kind, style).value == choice


REFUSED = [
    ("10%", "money", "is a share; of what?"),
    ("3 weeks", "money", "length of time"),
    ("3000/month", "money", "single amount"),
    ("$5", "weeks", "amount of money"),
    ("10 hours", "weeks", "hours of work"),
    ("3m", "weeks", "no length of time"),
    ("2 days", "hours", "no number of hours"),
    ("150%", "share", "from 0% to 100%"),
    ("-5%", "share", "from 0% to 100%"),
    ("20-40%", "share", "more than one figure"),
    ("2.5", "count", "not a whole number"),
    ("5 weeks", "count", "length of time"),
    ("NaN", "money", "finite"),
    ("inf", "money", "finite"),
    (float("nan"), "money", "finite"),
    (True, "money", "not a number"),
    (None, "money", "nothing is written"),
    ("  ", "money", "nothing is written"),
    ([1, 2], "money", "not a number"),
    ("1:30", "money", "not a number"),
    ("10²", "money", "not a number"),
    ("1.2.3", "money", "not a number"),
    ("5 apples", "money", "not a number"),
    ("abc", "money", "not a number"),
    ("2027-01-04", "weeks", "is a date"),
    ("4.1.2027", "weeks", "is a date"),
    (datetime(2026, 3, 4), "weeks", "is a date or a time"),
    ("2-4", "weeks", "more than one figure"),
    ("两三万", "money", "more than one figure"),
    ("二五万", "money", "not a number"),
    ("1 25 000", "money", "not a number"),
    ("1 200 3 400", "money", "not a number"),
    ("Q1", "weeks", "a certain time"),
    ("week 3", "length", "a certain time"),
]


@pytest.mark.parametrize(("found", "kind", "why"), REFUSED)
def test_what_makes_no_sense_is_refused_in_words(found, kind, why):
    """What is no figure of its kind has a sentence instead of a value."""
    reading = read(found, kind)
    assert reading.value is None
    assert why in str(reading.problem)


@pytest.mark.parametrize("text", ["20-40%", "二到四成", "二四成", "两三成"])
def test_a_span_of_pass_rates_is_asked(text):
    """20-40% may be a doubt or two attempts, so it is asked; 二四成 is no span of neighbours."""
    problem = str(read(text, "share", several="list").problem)
    wanted = {"两三成": "20% / 30%", "二四成": "not a share"}
    assert wanted.get(text, "20% / 40%") in problem


def test_a_row_of_hundreds_is_asked():
    """`100 200 300` may be a range or one large number."""
    reading = read("100 200 300", "money", several="range")
    assert "100 / 200 / 300" in str(reading.problem)
    assert read("100 200 300", "money").value == 100_200_300


NOTED = [
    ("3 months", "weeks", None, "3 months = 13 weeks"),
    ("1 quarter", "weeks", None, "1 quarter = 13 weeks"),
    ("15 days", "weeks", None, "15 days = 2.14 weeks"),
    ("15 days", "weeks", NumberStyle(days_per_week=5), "15 working days = 3 weeks"),
    (3, "weeks", NumberStyle(unit="months"), "3 months = 13 weeks"),
    ("3", "weeks", NumberStyle(unit="months"), "3 months = 13 weeks"),
    ("12", "money", NumberStyle(times=Decimal(10_000)), "12 × 10,000 = 120000"),
    ("(1,200.50)", "money", None, "(1,200.50) is read as -1200.5"),
    ("3w", "money", None, "w stands for 万"),
    ("about 500", "money", None, "is read as 500"),
    ("60,000", "money", PAGE, "60,000 is read as 60000; write 60 if"),
    ("90 min", "hours", None, "90 minutes = 1.5 hours"),
]


@pytest.mark.parametrize(("found", "kind", "style", "note"), NOTED)
def test_a_conversion_is_said(found, kind, style, note):
    """What was converted or decided comes with a sentence in both languages."""
    reading = read(found, kind, style)
    assert reading.problem is None
    assert any(note in reported for reported in said(reading)), said(reading)
    chinese = [Words("zh").message(message) for message in reading.notes]
    assert all(any("一" <= c <= "鿿" for c in reported) or "=" in reported for reported in chinese)


def test_hours_stay_hours():
    """A length in hours is reported from one in weeks and never becomes weeks."""
    reading = read("10 小时", "length")
    assert (reading.value, reading.unit) == (10, "hours")
    assert (read("2 周", "length").unit, read("2", "length").unit) == ("weeks", "weeks")
    assert read("10-20h", "length", several="range").value == (10, 15, 20)
    assert read("10", "length", NumberStyle(unit="hours")).unit == "hours"


def test_an_amount_for_a_month_becomes_one_for_a_week():
    """Where the place counts by the week, an amount for another time is converted and said."""
    reading = read("¥3,000/月", "money", per_week=True)
    assert (reading.value, said(reading)) == (692.31, ["3000 a month = 692.31 a week"])
    assert read("2000 per week", "money", per_week=True).value == 2000
    assert read("每周15小时", "hours", per_week=True).value == 15
    assert read("1300", "money", NumberStyle(per="quarters"), per_week=True).value == 100


def test_another_currency_is_not_taken_for_the_plans_own():
    """$1,200 in a plan that counts in CNY is asked; ¥ may be yuan or yen."""
    assert "USD" in str(read("$1,200", "money", NumberStyle(currency="CNY")).problem)
    assert read("¥1,200", "money", NumberStyle(currency="JPY")).currency == "JPY"
    assert read("¥1,200", "money").currency == "CNY"
    assert read("$5", "money", NumberStyle(currency="CAD")).value == 5


def test_a_heads_currency_is_held_to_the_plans_own():
    """Under `Cost (k€)` a bare number is refused where dollars are counted, and read in euros."""
    euros = style_of([], "Cost (k€)")
    assert "EUR" in str(read("12", "money", replace(euros, currency="USD")).problem)
    assert read("12", "money", replace(euros, currency="EUR")).value == 12_000
    assert read("12", "money", euros).currency == "EUR"
    assert read("12", "money", style_of([], "Cost ($)", NumberStyle(currency="CAD"))).value == 12


def test_a_length_that_must_be_whole_is_rounded_when_converted():
    """10 months are 43 whole weeks; 2.5 weeks are refused."""
    reading = read("10 months", "whole weeks")
    assert (reading.value, said(reading)) == (43, ["10 months = 43 weeks"])
    assert "whole number" in str(read("2.5", "whole weeks").problem)
    assert read("2 years", "whole weeks").value == 104


HEADS = {
    "Duration (months)": NumberStyle(unit="months"),
    "工期（月）": NumberStyle(unit="months"),
    "Duration in days": NumberStyle(unit="days"),
    "工时（小时）": NumberStyle(unit="hours"),
    "Duration, weeks": NumberStyle(unit="weeks"),
    "Cost (k€)": NumberStyle(times=Decimal(1000), named=("EUR",)),
    "Cost, k$": NumberStyle(times=Decimal(1000), named=tuple(currencies()["$"])),
    "Budget [¥000]": NumberStyle(times=Decimal(1000), named=("CNY", "JPY")),
    "Budget (in 1000 EUR)": NumberStyle(times=Decimal(1000), named=("EUR",)),
    "Kosten in TEUR": NumberStyle(times=Decimal(1000), named=("EUR",)),
    "成本（万元）": NumberStyle(times=Decimal(10_000), named=("CNY",)),
    "Cost (USD)": NumberStyle(named=("USD",)),
    "Success %": NumberStyle(percent=True),
    "pass rate (%)": NumberStyle(percent=True),
    "Burn (per month)": NumberStyle(per="months"),
    "每月支出": NumberStyle(per="months"),
    "Name (short)": NumberStyle(),
    "weeks (each)": NumberStyle(),
    "Weeks": NumberStyle(),
}


@pytest.mark.parametrize(("head", "style"), HEADS.items())
def test_a_head_names_the_unit_of_its_column(head, style):
    """The unit, scale, currency or per cent in a column's head holds for its numbers."""
    found = style_of([], head)
    assert found == NumberStyle(**{**vars(style), "sure": False})


def test_one_clear_figure_decides_its_column():
    """`1.200,50` anywhere in a column makes its `1.234` a thousand and some."""
    german = style_of(["1.200,50", "1.234"])
    assert (german.decimal, german.sure) == (",", True)
    assert read("1.234", "money", german).value == 1234
    english = style_of(["12.50", "1,234"])
    assert read("1,234", "money", english).value == 1234
    assert read("1.234", "weeks", english).value == 1.234


def test_money_with_three_decimals_is_asked_in_any_column():
    """Hardly anybody writes thousandths of a unit of money, so even a sure column asks."""
    assert read("1.234", "money", style_of(["2.50", "1.234"])).choices == (1.234, 1234)
    assert read("1,234", "money", style_of(["1.200,50"])).choices == (1234, 1.234)
    assert read("0.125", "money", POINT).value == 0.125


def test_a_share_in_a_column_of_both_kinds_is_asked():
    """`1` beside 60 or beside 0.6 may be all or a hundredth; with its sign it is neither."""
    percents, shares = style_of(["60", "1"]), style_of([0.6, 1], "Success %")
    assert read("1", "share", percents).choices == (1, 0.01)
    assert read(1, "share", shares).choices == (1, 0.01)
    assert read("1%", "share", percents).value == 0.01
    assert read("1", "share", style_of(["0.6", "1"])).value == 1
    assert read(1, "share", style_of([60, 1], "Success %")).value == 0.01


def test_a_column_that_contradicts_itself_decides_nothing():
    """With `1,5` and `2.5` in one column, `1,234` is asked."""
    assert style_of(["1,5", "2.5"], beside=PAGE).decimal is None
    assert read("1,234", "money", style_of(["1,5", "2.5"])).value is None


def test_another_columns_point_does_not_make_thousands_decimals():
    """A pass rate of 0.5 beside it does not turn a cost of 1.200 into 1.2: it is asked."""
    beside = style_of(["1.200"], "cost", beside=style_of(["0.5"], "pass rate"))
    assert read("1.200", "money", beside).choices == (1.2, 1200)


LOCALES = ["en", "de", "fr", "de_CH", "en_IN", "zh", "pt_BR", "sv", "pl", "es", "it", "ru", "nl"]
AMOUNTS = st.integers(min_value=0, max_value=10**11).map(lambda cents: Decimal(cents) / 100)


@given(AMOUNTS, st.sampled_from(LOCALES))
@example(Decimal("1234"), "de")
def test_an_amount_of_any_country_is_read_or_asked(amount, locale):
    """babel's own writing of an amount is read back, or asked with the right one to choose."""
    reading = read(format_decimal(amount, format=None, locale=locale), "money")
    assert float(amount) in (reading.value, *reading.choices)


@given(AMOUNTS, st.sampled_from(LOCALES))
def test_a_column_of_any_country_is_read(amount, locale):
    """With one clear figure of the same country beside it, any amount is read."""
    shown = format_decimal(amount, locale=locale)
    clear = format_decimal(Decimal("1234567.89"), locale=locale)
    assert read(shown, "money", style_of([shown, clear])).value == float(amount)


FIGURES = st.one_of(
    st.floats(-1e12, 1e12, allow_nan=False).filter(lambda x: x == 0 or abs(x) > 1e-9),
    st.integers(-(10**12), 10**12),
)
STYLES = st.sampled_from([None, PAGE, COMMA, POINT])


@given(FIGURES, STYLES)
@example(1.234, COMMA)
@example(0.125, COMMA)
def test_what_a_box_shows_reads_back_as_the_same(value, style):
    """The written form of an amount is that amount again, whatever the column's style."""
    assert read(written(value), "money", style).value == value


@given(st.floats(0, 1).filter(lambda x: x == 0 or x > 1e-9), st.sampled_from([None, PERCENT]))
def test_what_a_percent_box_shows_reads_back_as_the_same(share, style):
    """The written form of a share is that share again, with a % sign beside it or not."""
    assert read(written(share, "share"), "share", style).value == pytest.approx(share, rel=1e-12)


SIGNS = st.text(
    alphabet="0123456789.,'  %/-–~+()[]¥$€元万亿千kmwe周天月个半成一二三十百hours ", max_size=14
)
KINDS = ["money", "share", "weeks", "whole weeks", "length", "hours", "count", "number"]


@given(st.one_of(st.text(max_size=30), SIGNS), st.sampled_from(KINDS), STYLES)
@example("1e999", "money", None)
@example("9" * 300, "count", None)
def test_any_text_is_read_or_reported(text, kind, style):
    """No text raises: there is a value, or problem that can be reported in both languages."""
    for several in ("one", "range", "list"):
        reading = read(text, kind, style, several=several, per_week=True)
        assert (reading.value is None) == (reading.problem is not None)
        for message in (*reading.notes, *filter(None, [reading.problem])):
            assert Words("zh").message(message)
            assert Words("en").message(message)


UNITS = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "亿": 10**8}


@given(st.integers(1, 8), st.sampled_from(list(UNITS)), st.booleans())
def test_two_neighbouring_digits_are_from_one_to_the_other(low, unit, spoken):
    """两三万 is from 20,000 to 30,000, and never 30,000 alone, whatever the unit."""
    digits = "一二三四五六七八九"
    first = "两" if spoken and low == 2 else digits[low - 1]
    reading = read(f"{first}{digits[low]}{unit}元", "money", several="range")
    times = UNITS[unit]
    assert reading.value == (low * times, (low + 0.5) * times, (low + 1) * times)


@given(st.dates(date(2015, 1, 1), date(2049, 12, 31)), st.sampled_from(MONTHS_OF))
def test_a_day_named_in_any_language_is_read(day, language):
    """As babel writes it, with the month in full or short; and a day in milliseconds."""
    for width in ("d MMMM y", "d MMM y"):
        assert read_date(format_date(day, width, locale=language)) == day
    stamp = datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()
    assert read_date(f"{stamp * 1000:.0f}") == read_date(f"{day:%Y%m%d}") == day


DATES = {
    "2027-01-04": date(2027, 1, 4),
    "2027/1/4": date(2027, 1, 4),
    "2027年1月4日": date(2027, 1, 4),
    "4.1.2027": date(2027, 1, 4),
    "13/4/2027": date(2027, 4, 13),
    "Jan 4, 2027": date(2027, 1, 4),
    "4 January 2027": date(2027, 1, 4),
    "２０２７年１月４日": date(2027, 1, 4),
    datetime(2027, 1, 4, 9): date(2027, 1, 4),
}


@pytest.mark.parametrize(("found", "day"), DATES.items())
def test_a_date_is_read_as_it_is_written(found, day):
    """A day is read in ISO, German, English and Chinese writing, and from a cell."""
    assert read_date(found) == day


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1/4/2027", "2027-01-04 or 2027-04-01"),
        ("31.2.2027", "no date"),
        (46055.0, "'46055' is no date; as a spreadsheet counts days it is 2026-02-02"),
        ("1234567", "no date"),
    ],
)
def test_a_doubtful_date_is_asked(text, why):
    """A day with two readings is asked, one that there is not is refused."""
    assert why in str(read_date(text))


def test_a_length_of_a_cell_is_read():
    """A spreadsheet's duration is a length: hours below a day, days above."""
    assert read(timedelta(days=14), "weeks").value == 2
    assert read(timedelta(hours=10), "length").unit == "hours"
