"""The workbook's voice: sentences, faults and figures as each reader expects them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.amounts import read
from workbook.cases import Basis, Fact
from workbook.errors import InputError, Message, Money, fault, quoted
from workbook.plan import Bilingual
from workbook.words import Words
from workbook.words.speech import translations

EN, ZH = Words("en"), Words("zh")
PLURAL = 'msgid "{n} e"\nmsgid_plural "{n} es"\nmsgstr[0] "{n} 个戊"'


@pytest.mark.parametrize(
    ("code", "lang"),
    [("zh-CN", "zh"), ("zh_CN.UTF-8", "zh"), ("ZH", "zh"), ("en-US", "en"), ("en_GB", "en")],
)
def test_longer_codes_serve(code, lang):
    """A browser's or a system's code of the language is understood."""
    assert Words(code).lang == lang


@pytest.mark.parametrize("code", ["fr", "", "english", "zhuang", "x" * 500])
def test_another_language_is_the_inputs_fault(code):
    """Asked for a language it lacks, it names those it has, without a traceback of its own."""
    with pytest.raises(InputError, match="choose en or zh"):
        Words(code)


def test_a_sentence_is_said_in_both_languages():
    """The same call speaks English or Chinese."""
    assert EN("line {line}", line=3) == "line 3"
    assert ZH("line {line}", line=3) == "第 3 行"


def test_plurals_follow_the_language():
    """English has two forms, Chinese one."""
    assert [EN.weeks(1), EN.weeks(12), ZH.weeks(1), ZH.weeks(12)] == [
        *("1 week", "12 weeks", "1 周", "12 周")
    ]


def test_bilingual_and_plain_texts_serve():
    """A learner may write one plain string; it serves both readers."""
    both = Bilingual(en="Taste", zh="口味")
    assert (EN.text(both), ZH.text(both), ZH.text("mine")) == ("Taste", "口味", "mine")


def test_gaps_speak_too():
    """What fills a gap is said in the reader's language: texts, messages, lists, numbers."""
    gap = {"source": [Bilingual(en="A", zh="甲"), Message("yours")], "n": 12345}
    template = "{source} has {n} faults:"
    assert ZH(template, **gap) == f"甲和你的 has {12345:,} faults:"


@pytest.mark.parametrize(
    ("source", "reported"),
    [
        ("甲", "甲有 3 处错误："),
        ("plan.yaml", "plan.yaml 有 3 处错误："),
        (Money(60000, "CNY"), "6 万元有 3 处错误："),
        (Money(60000, "XQX"), "6 万 XQX 有 3 处错误："),
        (["甲", "B", "丙"], "甲、B 和丙有 3 处错误："),
        ("甲 乙", "甲 乙有 3 处错误："),
        ("“甲”", "“甲”有 3 处错误："),
        ("“plan.yaml”", "“plan.yaml”有 3 处错误："),
        ("", " 有 3 处错误："),
    ],
)
def test_chinese_stands_close_and_latin_at_a_distance(source, reported):
    """What fills a gap decides the space around it; what a user wrote inside stays as it is."""
    assert ZH.n("{source} has {n} fault:", "{source} has {n} faults:", 3, source=source) == reported


@pytest.mark.parametrize(
    ("items", "reported"),
    [
        ([], ""),
        (["借钱，接着测"], "借钱，接着测"),
        (["口味", "测价"], "口味和测价"),
        (["上架和图文", "测价"], "“上架和图文”和“测价”"),
        (["“借钱，接着测” 37%", "“等” 34%"], "“借钱，接着测” 37% 和“等” 34%"),
        (["first-shop-in-town", "b"], "first-shop-in-town 和 b"),
    ],
)
def test_a_list_in_chinese_is_read_in_one_way_only(items, reported):
    """Where one of several names has a comma or an `and` of its own, all stand in quotes."""
    assert ZH.list(items) == reported


def test_money_in_a_sentence_is_reported_the_readers_way():
    """A sentence that names an amount has it as the reader writes it, and bare text says which."""
    reported = Message(
        "To reach the goal in {wanted} of 100 lives, {cash} must be there at the start.",
        {"wanted": 80, "cash": Money(1765000, "CNY")},
    )
    assert EN.message(reported).endswith("¥1,765,000 must be there at the start.")
    assert ZH.message(reported).endswith("起步得有 176.5 万元。")
    assert str(reported).endswith("1,765,000 CNY must be there at the start.")


@given(st.text())
def test_braces_in_a_users_text_stay_text(text):
    """What a user wrote is never read as a template."""
    assert EN("{source} x", source=text) == f"{text} x"


def test_faults_stand_under_the_inputs_name_with_their_lines():
    """The whole list, in the order of the file, in both languages."""
    no_language = "no language '{code}' here; choose en or zh"
    faults = [fault("b", "assumed"), fault("a.lang", no_language, code="x")]
    from dataclasses import replace

    error = InputError("p.yaml", [replace(faults[0], line=22), replace(faults[1], line=14)])
    assert EN.faults(error) == str(error)
    assert ZH.faults(error).splitlines() == [
        "p.yaml 有 2 处错误：",
        "  第 14 行  a.lang: 这里没有语言“x”；请选 en 或 zh",
        "  第 22 行  b: 假设",
    ]


@pytest.mark.parametrize(
    ("amount", "currency", "en", "zh"),
    [
        (60000, "CNY", "¥60,000", "6 万元"),
        (41250, "CNY", "¥41,250", "41,250 元"),
        (271_832, "CNY", "¥271,832", "27.18 万元"),
        (99_999, "CNY", "¥99,999", "99,999 元"),
        (3500, "CNY", "¥3,500", "3,500 元"),
        (999_999.6, "CNY", "¥1,000,000", "100 万元"),
        (-1_275_521.4, "CNY", "−¥1,275,521", "−127.55 万元"),
        (123_456_789, "USD", "$123,456,789", "1.2346 亿美元"),
        (9.5, "CNY", "¥9.50", "9.50 元"),
        (200000, "USD", "$200,000", "20 万美元"),
        (-30000, "CNY", "−¥30,000", "−3 万元"),
        (1.2e8, "CNY", "¥120,000,000", "1.2 亿元"),
        (60000, "JPY", "JPY 60,000", "6 万日元"),
        (-0.001, "CNY", "¥0", "0 元"),
        (7.095, "CNY", "¥7.10", "7.10 元"),
        (2500.5, "CNY", "¥2,501", "2,501 元"),
        (-1.005, "CNY", "−¥1.01", "−1.01 元"),
    ],
)
def test_money_is_written_as_readers_write_it(amount, currency, en, zh):
    """English with the sign in front; Chinese in 万 where that is exact, or digits are many."""
    assert (EN.money(amount, currency), ZH.money(amount, currency)) == (en, zh)


@pytest.mark.parametrize(
    ("share", "error", "en", "zh"),
    [
        (0.0, 0, "almost never", "几乎不会"),
        (0.004, 0, "fewer than 1 in 100", "100 次里不到 1 次"),
        (0.07, 0, "about 7 in 100", "100 次里大约 7 次"),
        (0.31, 0.005, "about 3 in 10", "十次里大约三次"),
        (0.34, 0, "about 1 in 3", "三次里大约一次"),
        (0.2, 0, "about 2 in 10", "十次里大约两次"),
        (0.5, 0, "about half the time", "大约一半"),
        (0.95, 0, "about 95 in 100", "100 次里大约 95 次"),
        (0.996, 0, "more than 99 in 100", "100 次里超过 99 次"),
        (1.0, 0, "almost certain", "几乎一定"),
        (0.97, 0.05, "more than 9 in 10", "十次里超过九次"),
        (0.03, 0.05, "fewer than 1 in 10", "十次里不到一次"),
        (0.6, 0.2, "as likely as not", "一半对一半"),
    ],
)
def test_chances_in_lay_words(share, error, en, zh):
    """A chance is said as a friend would say it, never finer than its error."""
    assert (EN.chance(share, error), ZH.chance(share, error)) == (en, zh)


@given(st.floats(0, 1), st.floats(0, 0.5), st.sampled_from([EN, ZH]))
def test_every_chance_has_words(share, error, words):
    """No share and no error leaves the voice without words or a gap unfilled."""
    assert re.fullmatch(r"[^{}]+", words.chance(share, error))


@given(st.floats(1e-12, 1 - 1e-12))
def test_percent_never_says_none_or_all_of_what_is_only_nearly_so(share):
    """0% and 100% are kept for what is exactly so."""
    assert EN.percent(share) not in {"0%", "100%"}
    assert EN.percent(share, error=0.02) not in {"0%", "100%"}


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1234567, "1,234,567"), (0.625, "0.625"), (-3, "−3"), (2 / 3, "0.667"), (12.5, "12.5")],
)
def test_numbers_carry_three_digits_that_matter(value, shown):
    """Thousands are grouped; a fraction keeps three digits; a minus is a minus sign."""
    assert EN.number(value) == shown


def test_a_number_shows_no_digit_that_its_error_does_not_carry():
    """42.317 ± 3 is 42."""
    assert EN.number(42.317, error=3) == "42"
    assert EN.number(42.317, error=0.004) == "42.32"


def test_where_a_figure_comes_from():
    """Stated, derived, assumed, yours: each with its ground."""
    why = Bilingual(en="usual", zh="常见")
    stated = Basis("stated", "rate", Fact(basis="stated", claim="L15"))
    assumed = Basis("assumed", "rate", Fact(basis="assumed", why=why))
    derived = Basis("derived", "rate", Fact(basis="derived", how="a * 2"))
    assert EN.basis(stated) == "stated in the lecture (L15)"
    assert ZH.basis(assumed) == "假设：常见"
    assert ZH.basis(derived) == "推算：a * 2"
    assert ZH.basis(Basis()) == "你的"


@pytest.mark.parametrize(("lang", "said"), [("en", "'3 apples'"), ("zh", "“3 apples”")])
def test_what_was_found_is_in_the_quotation_marks_of_the_language(lang, said):
    """In a sentence and in a list; a number needs none."""
    w = Words(lang)
    assert said in w.message(read("3 apples", "share").problem)
    assert w.message(quoted("3 apples")) == said
    assert said in w.list([quoted("3 apples"), quoted("b")])
    assert quoted(3) == "3"


def test_no_chinese_sentence_quotes_with_ascii_marks():
    """“…” in every translation; what is code keeps the marks that have to be typed."""
    said = translations("zh").values()
    assert len(said) > 1000
    assert [m for m in said if re.search(r"'\{\w+\}'", m)] == []


def test_a_translation_that_is_empty_or_doubtful_is_none(monkeypatch, tmp_path):
    """The English sentence is said then; of a plural the only Chinese form is taken."""
    folder = tmp_path / "zh"
    folder.mkdir()
    entries = ('msgid "a"\nmsgstr ""', '#, fuzzy\nmsgid "b"\nmsgstr "乙"', 'msgid "c"\nmsgstr "丙"')
    plurals = ('msgid "{n} d"\nmsgid_plural "{n} ds"\nmsgstr[0] ""', PLURAL)
    (folder / "some.po").write_text("\n\n".join([*entries, *plurals]), "utf-8")
    monkeypatch.setattr("workbook.words.speech.files", lambda package: tmp_path)
    assert translations.__wrapped__("zh") == {"c": "丙", "{n} e": "{n} 个戊"}
