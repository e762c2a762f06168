"""The figures that a bet or a guess is made on.

A bet on a business with twice the cash is another bet. Each is therefore kept under its fork (or
section) and under the figures that were changed from those of the case, and a notebook run with
other figures asks anew; the earlier ones stand beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workbook.lesson import markup
from workbook.lesson.syllabus import Scale
from workbook.words import N_, Words

OWN_RUNS, OWN_SEED = 2000, 1
"""The lives and the luck with which the notebooks are shipped."""

OUTCOMES = {0.0: N_("wrong"), 0.5: N_("too close to call"), 1.0: N_("right")}
"""How right a bet was, in words."""


def figure_set(
    *, cash: float = 0, hours: float = 0, runs: int = OWN_RUNS, seed: int = OWN_SEED
) -> str:
    """The figures that were changed, as they are kept; empty for those of the case.

    >>> figure_set(cash=300_000, seed=2)
    'cash=300000,seed=2'
    """
    own = {"cash": 0, "hours": 0, "runs": OWN_RUNS, "seed": OWN_SEED}
    given = {"cash": cash, "hours": hours, "runs": runs, "seed": seed}
    return ",".join(f"{name}={given[name]:.15g}" for name in own if given[name] != own[name])


def key_under(place: str, figures: str) -> str:
    """The key of a fork or a section under these figures."""
    return f"{place}@{figures}" if figures else place


def place_and_figures(key: str) -> tuple[str, str]:
    """The fork or section of a key, and the figures."""
    place, _, figures = key.partition("@")
    return place, figures


def figures_said(figures: str, currency: str, w: Words) -> str:
    """A set of figures in words: `cash ¥300,000, luck 2`."""
    if not figures:
        return w("the case's own figures")
    pairs = (part.partition("=") for part in figures.split(","))
    return w.list([_said(name, value, currency, w) for name, _, value in pairs])


def _said(name: str, value: str, currency: str, w: Words) -> str:
    try:
        number = float(value)
    except ValueError:  # a file that somebody edited
        return f"{name} {value}"
    if name == "cash":
        return w("cash {amount}", amount=w.money(number, currency))
    template = {"hours": N_("{n} hours a week"), "runs": N_("{n} lives"), "seed": N_("luck {n}")}
    return w(template[name], n=w.number(number)) if name in template else f"{name} {value}"


def outcome_said(came: float | None, w: Words) -> str:
    """How right a bet was, in words."""
    if came is None:
        return w("not shown yet")
    return w(OUTCOMES[came]) if came in OUTCOMES else w.number(came)


def bets_beside(rows: Iterable[Sequence[str]], w: Words) -> str:
    """The bets on other figures as a table, under one line that says what they are; or nothing."""
    head = (w("figures"), w("your bet"), w("how sure"), w("outcome"))
    return _beside(w("Your bets on other figures"), head, list(rows))


def guesses_beside(rows: Iterable[Sequence[str]], w: Words) -> str:
    """The guesses on other figures, likewise."""
    head = (w("figures"), w("your interval"), w("it came to"))
    return _beside(w("Your guesses on other figures"), head, list(rows))


def _beside(title: str, head: Sequence[str], rows: list[Sequence[str]]) -> str:
    return markup.say(title) + markup.table(head, rows) if rows else ""


def interval(low: float, high: float, scale: Scale, currency: str, w: Words) -> str:
    """An interval as a table shows it."""
    return " – ".join(scale.say(end, currency, w) for end in (low, high))
