"""Where paths of plays of edited plans join: as soon as what is to come is alike.

An edit that makes a milestone certain, or a week faster, parts nearly every life that comes to it;
but once it is reached, most lives are where other lives of other plays are in the same week. From
then on they are one path, each of its followers for plays of its own (`parting`). What a follower
had come to before is kept as its past, and put back when it is asked for (`later`).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from workbook.outcomes import Ints
from workbook.simulate.book import LIVING
from workbook.simulate.lasting import FEW
from workbook.simulate.parting import PartedStates
from workbook.simulate.tables import NONE, REACHED

BY_MILESTONE = ("tries", "reached_week", "cash_needed")
PAST = frozenset(
    (
        *("parent", "first", "count", "label", "variant", "begun_with", "received", "spent"),
        *("cash", "cash_at_end", "reached_week", "cash_needed", "lacking"),
    )
)
"""What does not tell what is to come; of `lacking` the next start says it again."""
ONCE_ASKED = frozenset(
    (*("tries", "failed", "job", "mends"), *("last_cheque", "cheque_cents", "debt_at"))
)
"""What tells it under a condition only."""
MIX = 0x9E3779B97F4A7C15


class Pasts:
    """What followers had come to when their paths joined others, as a chain of entries.

    Of each entry: its row in `arrays`, and the entry before it; -1 for none. `arrays` has, by
    row, what was recorded of milestones, which of them were `reached`, and how much more was
    `spent`, `needed` and in `cash` than on the path joined.
    """

    def __init__(self) -> None:
        self.many, self._rows = 0, 0
        self._found: dict[str, list[Any]] = {}

    def add(self, owner: Ints, before: Ints, **arrays: Any) -> Ints:
        """Add an entry for each follower, whose path has the row `owner` in these arrays."""
        given = {"row": self._rows + owner, "before": before, **arrays}
        for name, array in given.items():
            self._found.setdefault(name, []).append(array)
        self.many += len(owner)
        self._rows += len(arrays["reached"])
        return np.arange(self.many - len(owner), self.many)

    def arrays(self) -> dict[str, Any]:
        """Return all that has been added."""
        return {name: np.concatenate(arrays) for name, arrays in self._found.items()}


class JoinedStates(PartedStates):
    """Paths that join again, where weeks pass from event to event. `past`: by follower, its last
    entry in `pasts`.
    """

    cash_tells: bool
    group_of: Ints

    def begin_plays(self) -> None:
        """Begin without a past."""
        super().begin_plays()
        self.pasts, self._many = Pasts(), FEW
        self.past = np.full(len(self.run), NONE, dtype=np.int64)

    def copied(self, followers: Ints) -> None:
        """Copy also their past."""
        super().copied(followers)
        self.past = self._longer("past", self.past, self.past[followers])

    def put_in(self, lives: Ints, cash: Ints) -> Ints:
        """Return the money invested so far, below 0 where more has come in."""
        return np.asarray(self.received[lives] + self.begun_with[lives] - cash)

    def let_go(self) -> None:
        """Let paths join that have become many, and put away those that have ended."""
        if not self.by_event:
            super().let_go()
        elif len(self.living()) > self._many:
            before = len(self.living())
            self._join()
            self._put_away_ended()
            left = len(self.living())
            self._many = max(FEW, left * (2 if 2 * left < before else 4))

    def _join(self) -> None:
        """Let paths join the first of those that are to come to the same."""
        paths = self.living()
        tells = self._tells(paths)
        first, later = _alike(tells)
        same = (tells[first] == tells[later]).all(axis=1)
        first, later = paths[first], paths[later]
        arrays = [getattr(self, n) for n in self._names if n not in PAST | ONCE_ASKED]
        for array in (*arrays, *(array for kept in self.kept for array in kept.values())):
            alike = array[first] == array[later]
            same &= alike if alike.ndim == 1 else alike.all(axis=1)
        if same.any():
            self._let_join(later[same], first[same])

    def _tells(self, paths: Ints) -> Ints:
        """Return what else tells what is to come of these paths; shape (paths, figures)."""
        variant, now = self.variant[paths], self.now[paths]
        root, busy = self.edited.root[variant], self.ends[paths] > 0
        due, owed = self.cheque_week[paths] > 0, self.debt_week[paths] > 0
        figures = [self.group_of[root], self.edited.history[variant], now, self.economy[paths]]
        if self.cash_tells:
            figures.append(self.cash[paths] - self.cash_of[root])
        figures += [np.maximum(self.last_cheque[paths], now - 1), *self.status[paths].T]
        reached = self.status[paths] == REACHED
        tries = np.where(reached, 0, self.tries[paths])
        failed = np.where(np.tile(reached, 2), 0, self.failed[paths])
        figures += [*tries.T, *failed.T, *self.ends[paths].T]
        for array, asked in (
            *((self.job, busy), (self.mends, busy)),
            *((self.cheque_cents, due), (self.debt_at, owed)),
        ):
            figures += [*np.where(asked, array[paths], NONE).T]
        return np.column_stack(figures).astype(np.int64, copy=False)

    def _let_join(self, paths: Ints, others: Ints) -> None:
        """Let all followers of these paths follow the others (of one, perhaps several)."""
        self._remember(paths, others)
        marks = np.zeros(self.size, dtype=bool)
        marks[others] = True
        joined = marks.nonzero()[0]
        rows, to = np.concatenate([joined, paths]), np.concatenate([joined, others])
        order = np.argsort(to, kind="stable")
        rows, to = rows[order], to[order]
        begins = np.flatnonzero(np.diff(to, prepend=-1))
        counts = np.add.reduceat(self.count[rows], begins)
        self.lay(joined, self.order[self.members(rows)[0]], counts)
        self.label[joined] = np.bitwise_or.reduceat(self.label[rows], begins)
        self._go_by_the_first(joined)
        self._gone(paths)

    def _gone(self, paths: Ints) -> None:
        """Let these paths go."""
        stay = np.ones(self.size, dtype=bool)
        stay[paths] = False
        self.only(stay.nonzero()[0])

    def _remember(self, paths: Ints, others: Ints) -> None:
        """Keep what is recorded of these paths, which are about to join others."""
        places, owner = self.members(paths)
        followers = self.order[places]

        def more(array: Ints) -> Ints:
            return array[paths] - array[others]

        every = np.arange(self.size)
        cash = self.cash - self.cash_of[self.edited.root[self.variant]]
        self.past[followers] = self.pasts.add(
            owner,
            self.past[followers],
            **{name: getattr(self, name)[paths] for name in BY_MILESTONE},
            reached=self.status[paths] == REACHED,
            spent=more(self.spent),
            needed=more(self.put_in(every, self.cash)),
            cash=more(cash),
        )

    def _put_away_ended(self) -> None:
        """Put away the paths that have ended."""
        gone = (self.fate != LIVING).nonzero()[0]
        self._put_away.append({name: getattr(self, name)[gone] for name in self._lasting()})
        self.only(self.living())


def _alike(rows: Ints) -> tuple[Ints, Ints]:
    """Return the position of every row, but for the first, of those that are probably equal to
    one before; and first, of each, the position of the first of them.
    """
    powers = [pow(MIX, n + 1, 2**64) for n in range(rows.shape[1])]
    mixed = rows.view(np.uint64) @ np.array(powers, dtype=np.uint64)
    order = np.argsort(mixed, kind="stable")
    begins = np.diff(mixed[order], prepend=~mixed[order[:1]]) != 0
    first = order[begins.nonzero()[0]][begins.cumsum() - 1]
    return first[~begins], order[~begins]
