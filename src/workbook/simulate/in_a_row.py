"""Failed attempts in a row, drawn at once where nothing can come between them.

A team whose attempt fails starts the next one a week later, at the same milestone. Until something
else happens on its path, all that it draws is how many attempts fail: a path divides by that number
once, and passes to the end of the last attempt at once, not to that of every one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbook.outcomes import Floats, Ints
from workbook.simulate.ends import rates
from workbook.simulate.forks import Forks
from workbook.simulate.hypotheses import TRUE
from workbook.simulate.paths import from_each
from workbook.simulate.run_states import RunStates
from workbook.simulate.starts import Started
from workbook.simulate.tables import NONE
from workbook.simulate.tally import Tally

Bools = NDArray[np.bool_]


class Row(NamedTuple):
    """Attempts in a row by path, of which so many fail before the last.

    Each takes `length` weeks and `price` cents; the first begins this week.
    """

    lives: Ints
    failed: Ints
    price: Ints
    length: Ints

    def note(self, states: RunStates, tally: Tally, quiet: Ints, cash: Ints, net: Ints) -> None:
        """Record the quiet weeks of these paths; `cash` as if all had been paid at the start."""
        total = (self.failed + 1).astype(np.intp, copy=False)
        of, nth = np.arange(len(total)).repeat(total), from_each(np.zeros_like(total), total)
        length, lives, left = self.length[of], self.lives[of], self.failed[of] - nth
        weeks = np.where(left > 0, length, quiet[of] - self.failed[of] * length)
        week, paid = states.now[lives] + nth * length, cash[of] + net[of] * nth * length
        some = weeks.nonzero()[0]
        cash_then, runs = paid + self.price[of] * left, states.count[lives]
        columns = (week, weeks, cash_then, net[of], states.economy[lives], runs)
        tally.note_weeks(*(column[some] for column in columns))


def fail_in_a_row(states: RunStates, forks: Forks, started: Started) -> Row:
    """Draw how many of the attempts that begin now fail in a row, and pay for those after them."""
    most = _most(states, started)
    some = (most > 0).nonzero()[0]
    one, most = started.only(some), most[some]
    some = _plain(states, forks, one).nonzero()[0]
    one, most = one.only(some), most[some]
    lives, failed, before = states.failures(one.lives, one.columns, most, _rates(states, one))
    states.sure[lives] = failed < most[before]
    again = failed.nonzero()[0]
    one, lives, failed = one.only(before[again]), lives[again], failed[again]
    states.tries.ravel()[states.place(lives, one.columns)] += failed.astype(np.int16)
    states.cash[lives] -= one.price * failed
    states.spent[lives] += one.price * failed
    states.ends[lives, 0] += one.length * failed
    return Row(lives, failed, one.price, one.length)


def _most(states: RunStates, started: Started) -> Ints:
    """Return how often at most an attempt can be followed by the next before something happens."""
    lives, length = started.lives, started.length
    at = states.cell(lives, started.columns)
    tries = states.tries.ravel()[states.place(lives, started.columns)]
    most = states.variants.tables.limit.ravel()[at] - tries - 1
    np.minimum(most, (states.next_date(lives) - states.now[lives]) // length, out=most)
    if states.mortal:
        gain = states.economies.net[states.economy[lives]] * length - started.price
        falling = (gain < 0).nonzero()[0]
        able = states.cash[lives[falling]] // -gain[falling]
        most[falling] = np.minimum(most[falling], able)
    return most


def _plain(states: RunStates, forks: Forks, started: Started) -> Bools:
    """Return where an attempt that fails is followed by one like it, unless something happens."""
    lives, columns = started.lives, started.columns
    plain: Bools = (started.mends == NONE) & ~states.touched[lives]
    if states.variants.has_hypotheses:
        plain &= ~states.variants.tables.tests.ravel()[states.cell(lives, columns)]
        relied = states.hypotheses.relied_on(lives, columns)
        for nth in range(relied.shape[1]):
            truth = states.truth.ravel()[states.place(lives, relied[:, nth])]
            plain &= (relied[:, nth] == NONE) | (truth == TRUE)
    for column, closed in forks.still_closed():
        plain &= (columns != column) | ~closed[lives]
    return plain


def _rates(states: RunStates, started: Started) -> Floats:
    """Return the chances of these attempts and of those after them; (attempts, paths)."""
    attempts = np.arange(states.variants.tables.rates.shape[-1])[:, None]
    return np.atleast_2d(rates(states, started.lives, started.columns, attempts + 1))
