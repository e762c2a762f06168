"""Words: the object through which all code shows text to the reader.

It is made once for a language and passed down. It fills the placeholders of a sentence in the
reader's format: numbers get grouped thousands, a bilingual text its language, a list its commas.
It returns plain text: code that writes HTML must escape it.

English is the language of the source and needs no catalogue. The Chinese translations are in
`zh/`, one file per subpackage, and are read on first use: there are no generated files to keep up
to date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from numbers import Real
from string import Formatter
from typing import TYPE_CHECKING, Any, Literal, get_args

from workbook.errors import N_, InputError, Money, fault, without_repeats
from workbook.words import figures
from workbook.words.figures import K, folded, joined, listed

if TYPE_CHECKING:
    from workbook.cases import Basis
    from workbook.errors import Fault, InputError, Message
    from workbook.plan import Text


Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


def language(code: str) -> Language:
    """Return the language of a code such as `zh-CN` or `en_US.UTF-8`.

    Raises
    ------
    InputError
        If it is neither English nor Chinese.
    """
    primary = str(code).strip().lower().replace("_", "-").split(".")[0].split("-")[0]
    for known in LANGUAGES:
        if primary == known:
            return known
    unknown = fault("lang", "no language '{code}' here; choose en or zh", code=str(code)[:40])
    raise InputError("lang", [unknown])


@cache
def translations(language: Language) -> Mapping[str, str]:
    """Return the sentences of a language by their English, of a plural by its singular.

    None for English. A Chinese sentence is the same for every count. A translation that is empty
    or marked as doubtful is left out.
    """
    if language == "en":
        return {}
    from babel.messages.pofile import read_po

    found: dict[str, str] = {}
    entries = files("workbook.words").joinpath(language).iterdir()
    for catalogue in (file for file in entries if file.name.endswith(".po")):
        with catalogue.open("rb") as source:
            sure = (message for message in read_po(source) if message.id and not message.fuzzy)
            found |= {_first(m.id): said for m in sure if (said := _first(m.string or ""))}
    return found


def _first(forms: str | Sequence[str]) -> str:
    """The sentence, or the first of its forms."""
    return forms if isinstance(forms, str) else forms[0]


FATE_NAMES = {
    "goal": N_("goal"),
    "ruin": N_("ruin"),
    "stuck": N_("stuck"),
    "open": N_("open"),
}
STAGE_NAMES = {
    "opportunity": N_("opportunity"),
    "demand": N_("demand"),
    "scene": N_("scene"),
    "category": N_("category"),
    "kernel": N_("kernel"),
    "price": N_("price"),
    "production": N_("production"),
    "channel": N_("channel"),
    "growth": N_("growth"),
    "efficiency": N_("efficiency"),
    "team": N_("team"),
}
CHANCES = {
    "<": N_("fewer than {k} in {n}"),
    "≈": N_("about {k} in {n}"),
    ">": N_("more than {k} in {n}"),
}


DATED_WEEK = re.compile(r"第 ?(\d+) \((\d+年\d+月(?:\d+日)?)\) ?周")
"""A week with its date, where Chinese has the date after the word."""


class Words:
    """Text in one language.

    Parameters
    ----------
    lang
        `en` or `zh`; longer codes such as `zh-CN` and `en_US` are accepted.

    Raises
    ------
    InputError
        For any other language.
    """

    def __init__(self, lang: str) -> None:
        self.lang = language(lang)
        self._translations = translations(self.lang)
        self._formatter = _Gaps(self)

    def __repr__(self) -> str:
        return f"Words({self.lang!r})"

    def __call__(self, template: str, /, **values: object) -> str:
        """Return a sentence with its placeholders filled: `w("{n} of 100 lives", n=42)`."""
        return self._fill(self._translations.get(template, template), values)

    def n(self, singular: str, plural: str, n: int, /, **values: object) -> str:
        """Return a sentence that depends on a count; the count fills `{n}`."""
        english = singular if n == 1 else plural
        return self._fill(self._translations.get(singular, english), {"n": n, **values})

    def _fill(self, template: str, values: Mapping[str, object]) -> str:
        filled = self._formatter.vformat(template, (), values)
        return DATED_WEEK.sub(r"第 \1 周（\2）", filled) if self.lang == "zh" else filled

    @property
    def html_lang(self) -> str:
        """The language code of a web page."""
        return "zh-CN" if self.lang == "zh" else "en"

    def text(self, text: Text) -> str:
        """Return a bilingual text in the reader's language; a plain string serves both.

        Spaces that YAML's line folding leaves between two Chinese characters are removed.
        """
        if isinstance(text, str):
            return text
        return folded(str(getattr(text, self.lang)))

    def name(self, part: Any) -> str:
        """Return the name of a milestone, fork or option: its name, or its id if it has none."""
        return self.text(part.name).strip() or str(part.id)

    def message(self, message: Message) -> str:
        """Return a message in the reader's language."""
        return self(message.template, **message.values)

    def faults(self, error: InputError) -> str:
        """Return all faults of an input under its name; one that many lines share only once."""
        count = len(error.faults)
        head = self.n(
            "{source} has {n} fault:", "{source} has {n} faults:", count, source=error.source
        )
        return "\n  ".join([head, *map(self.fault, without_repeats(error.faults))])

    def fault(self, fault: Fault) -> str:
        """Return one fault: its line, its place in the file, what was found and what is allowed."""
        where = self("line {line}", line=str(fault.line)) + "  " if fault.line else ""
        place = f"{fault.path}: " if fault.path else ""
        return f"{where}{place}{self.message(fault.message)}"

    def list(self, items: Iterable[object]) -> str:
        """Join several items: `a, b and c` / `a、b和c`."""
        from babel.lists import format_list

        shown = [self._formatter.format_field(item, "") for item in items]
        if self.lang == "en":
            return format_list(shown, locale="en_GB") if shown else ""
        return listed(shown)

    def number(self, value: float, error: float | None = None) -> str:
        """Format a number; with an error, without digits that the error does not support."""
        decimals = None if error is None else figures.decimals_carried(error)
        return figures.number(value, decimals)

    def money(self, amount: float, currency: str) -> str:
        """Format an amount in whole units (cents below 10): `¥60,000` / `6 万元`."""
        say = figures.money_zh if self.lang == "zh" else figures.money_en
        return say(amount, currency)

    def percent(self, share: float, error: float | None = None) -> str:
        """Format a share: `42%`; never 0% or 100% for a value that is only close to it."""
        return figures.percent(share, error)

    def fate_percent(self, fates: Mapping[K, float], fate: K) -> str:
        """Format the share of a fate, so that those of all fates add up to a hundred: `42%`."""
        return figures.fate_percent(fates, fate)

    def points(self, gap: float, error: float | None = None) -> str:
        """Format a difference of two shares, with a sign: `+12 points`."""
        decimals = 1 if error is None else min(1, figures.decimals_carried(error * 100))
        shown = figures.number(round(gap * 100, decimals))
        sign = "+" if gap > 0 and shown != "0" else ""
        return self._so_many_points(sign + shown)

    def apart(self, gap: float) -> str:
        """Format a distance between two shares, without a sign: `3.5 points`."""
        return self._so_many_points(figures.number(round(abs(gap) * 100, 1)))

    def _so_many_points(self, shown: str) -> str:
        count = 1 if shown.lstrip("+" + figures.MINUS) == "1" else 2
        return self.n("{gap} point", "{gap} points", count, gap=shown)

    def chance(self, share: float, error: float = 0.0) -> str:
        """Format a chance in words: `about 3 in 10`, `fewer than 1 in 100`, `almost certain`.

        Parameters
        ----------
        share
            From 0 to 1.
        error
            Its standard error; the larger, the coarser the words.
        """
        if error > 0.1:
            return self._vague_chance(share)
        if share == 0 and (never := figures.never_seen(error)):
            return self(CHANCES["<"], **never)
        if error < 0.005 and not 0.001 <= share <= 0.999:
            return self("almost never") if share < 0.5 else self("almost certain")
        sign, k, n = figures.lay_share(share, error)
        if (k, n) == (1, 2):
            return self("about half the time")
        if self.lang == "zh":
            counts = {"k": figures.zh_count(k, n), "n": figures.zh_count(n, n)}
            return self(CHANCES[sign], **counts)
        return self(CHANCES[sign], k=str(k), n=str(n))

    def _vague_chance(self, share: float) -> str:
        if share < 1 / 3:
            return self("less likely than not")
        return self("more likely than not") if share > 2 / 3 else self("as likely as not")

    def weeks(self, weeks: float) -> str:
        """Format a duration: `1 week`, `12 weeks`."""
        if weeks == int(weeks):
            return self.n("{n} week", "{n} weeks", int(weeks))
        return self("{weeks} weeks", weeks=weeks)

    def week(self, week: int, starts: str | None = None) -> str:
        """Format a point in time: `week 12`, with its date if the plan has a first day."""
        return self("week {week}", week=self.when(week, starts))

    def when(self, week: int | None, starts: str | None = None) -> str:
        """Format the number of a week, with its first day if the plan has a first day."""
        if week is None:
            return "–"
        if starts is None:
            return str(week)
        from workbook.plan import day_of  # on first use: it loads pydantic

        return f"{week} ({self.day(day_of(starts, max(1, week)))})"

    def week_and_month(self, week: int, starts: str | None = None) -> str:
        """Format the number of a week for an axis, with its month if the plan has a first day."""
        if starts is None:
            return str(week)
        from babel.dates import format_date

        from workbook.plan import day_of  # on first use: it loads pydantic

        pattern = "y年M月" if self.lang == "zh" else "MMM y"
        locale = "zh" if self.lang == "zh" else "en"
        month = format_date(day_of(starts, max(1, week)), pattern, locale=locale)
        return f"{week} ({month})"

    def day(self, day: date) -> str:
        """A day: `4 Jan 2027`, `2027年1月4日`."""
        from babel.dates import format_date

        pattern = "y年M月d日" if self.lang == "zh" else "d MMM y"
        return str(format_date(day, pattern, locale="zh" if self.lang == "zh" else "en"))

    def fate(self, fate: str) -> str:
        """Return the name of a fate."""
        return self(FATE_NAMES[fate])

    def stage(self, stage: str) -> str:
        """Return the name of a stage."""
        return self(STAGE_NAMES[stage])

    def basis(self, basis: Basis) -> str:
        """Say where a figure comes from: stated, derived, assumed or yours, and why."""
        fact = basis.fact
        if basis.kind == "stated":
            claims = self.list(fact.claims) if fact else ""
            return self("stated in the lecture ({claim})", claim=claims or "–")
        if basis.kind == "derived":
            return self("derived: {how}", how=fact.how if fact else "–")
        if basis.kind == "assumed":
            reason = self.text(fact.why) if fact else ""
            return self("assumed: {why}", why=reason) if reason else self("assumed")
        return self("yours")


class _Gaps(Formatter):
    """Fills placeholders in the reader's format, except those with a format spec (`{x:.1f}`)."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def vformat(self, format_string: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> str:
        """Return the filled sentence; in Chinese the spacing depends on the values."""
        if self._words.lang != "zh":
            return super().vformat(format_string, args, kwargs)
        pieces = []
        for literal, name, spec, conversion in self.parse(format_string):
            pieces.append(literal)
            if name is not None:
                value = self.convert_field(self.get_field(name, args, kwargs)[0], conversion)
                pieces.append(self.format_field(value, spec or ""))
        return joined(pieces)

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec:
            return format(value, format_spec)
        if isinstance(value, str | bool) or value is None:
            return str(value)
        if isinstance(value, Real):
            return figures.number(float(value))
        if isinstance(value, Money):
            return self._words.money(value.amount, value.currency)
        if hasattr(value, "template"):
            return self._words.message(value)
        if hasattr(value, "en") and hasattr(value, "zh"):
            return self._words.text(value)
        if isinstance(value, list | tuple | set | frozenset):
            return self._words.list(value)
        return str(value)
