"""Where plays of edited plans part: at the first use of a figure in which their plans differ.

Until a milestone is begun, its price and its length change nothing; until an attempt at it ends,
nor does its pass rate; until it is reached, nor what it gives; until it is too little, nor the cash
at the start. So plays whose plans differ in such figures only follow one path, on which the plan of
one of them stands for all, and part where a figure is used that is not the same for all. Where a
rate differs, only those runs part in which it makes a difference.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np

from workbook.outcomes import Ints
from workbook.simulate.attempts import AttemptStates, bounds, set_of, union
from workbook.simulate.codes import BY_DRAW, USE


class PartedStates(AttemptStates):
    """Paths that several plays follow until they part.

    Plays are sorted by cash: what is there of a path is the cash of the first, the poorest of them.
    """

    @cached_property
    def equally_rich(self) -> bool:
        """Whether all plans begin with the same cash."""
        return bool((self.cash_of == self.cash_of[0]).all())

    @cached_property
    def _as_rich(self) -> Ints:
        """For each plan, the plays that begin with as much cash."""
        cash = self.cash_of[self.root_of]
        return np.array([set_of((cash == own).nonzero()[0].tolist()) for own in self.cash_of])

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._known: dict[tuple[str, int, int, int], tuple[list[int], list[int]]] = {}

    def leave(self, paths: Ints, plays: Ints) -> Ints:
        """Let these plays of each path (each once) leave the others; return the paths that they
        follow.
        """
        some = plays != 0
        paths, plays = paths[some], plays[some]
        parted = (self.label[paths] & ~plays) != 0
        if not parted.any():
            return paths
        left, plays = paths[parted], plays[parted]
        rows, kind = self._deal(left, np.stack([~plays, plays]))
        return np.concatenate([paths[~parted], rows[kind == 1]])

    def _deal(self, paths: Ints, sets: Ints) -> tuple[Ints, Ints]:
        """Divide paths among kinds of plays, (kinds, paths); return all there are now of them, and
        the kind of each. A follower that stands for plays of several kinds is copied.
        """
        places, owner = self.members(paths)
        plays = sets.take(owner, axis=1) & self.plays_of[self.order[places]]
        there = plays != 0
        each = [some.nonzero()[0] for some in there]
        kind, at = np.arange(len(each)).repeat([len(some) for some in each]), np.concatenate(each)
        own, goes = plays[kind, at], self.order[places[at]]
        again = (there.argmax(axis=0)[at] != kind).nonzero()[0]
        goes[again] = self.again(goes[again])
        self.plays_of[goes] = own
        section = kind * len(paths) + owner[at]
        begins = np.diff(section, prepend=-1).nonzero()[0]
        kinds, of = np.divmod(section[begins], len(paths))
        rows, first = paths[of], np.empty(len(paths), dtype=np.int64)
        first[of[::-1]] = np.arange(len(of))[::-1]
        more = (first[of] != np.arange(len(of))).nonzero()[0]
        if len(more):
            rows[more] = self._add(rows[more])
            self.lay(rows, goes, np.diff(begins, append=len(goes)))
        self.label[rows] = np.bitwise_or.reduceat(own, begins)
        self._go_by_the_first(rows)
        return rows, kinds

    def _go_by_the_first(self, paths: Ints) -> None:
        """Let the plan of the first play of each path, the poorest, stand for those of all."""
        first, before = self.root_of[_lowest(self.label[paths])], self.variant[paths]
        variants = self.edited
        other = (variants.root[before] != first).nonzero()[0]
        paths, root, before = paths[other], first[other], before[other]
        more = self.cash_of[root] - self.cash_of[variants.root[before]]
        self.cash[paths] += more
        self.begun_with[paths] += more
        history = variants.history[before]
        kind = history * (len(self.root_of) + 1) + root
        for number in np.unique(kind).tolist():
            forks, plan = divmod(number, len(self.root_of) + 1)
            self.variant[paths[kind == number]] = variants.of_root(plan, forks)

    def part_by_cash(
        self, lives: Ints, needed: Ints, *, one_by_one: bool = False
    ) -> tuple[Ints, Ints | slice]:
        """Let plays that have this much cash leave those that have less.

        Where no follower stands for the poorest any more, a path has the cash of the others then.
        """
        if self.equally_rich:
            return lives, slice(None)
        since = self.size
        label, first = self.label[lives], self.root_of[_lowest(self.label[lives])]
        short = (self.cash[lives] < needed) & ((label & ~self._as_rich[first]) != 0)
        some = short.nonzero()[0]
        if not len(some):
            return lives, slice(None)
        paths, more = lives[some], self.cash_of[self.root_of][:, None] - self.cash_of[first[some]]
        able = union(
            more >= needed[some] - self.cash[paths], 1 << np.arange(len(self.root_of))[:, None]
        )
        others = np.unique(self._as_rich)[:, None] if one_by_one else ~0
        self._deal(paths, np.vstack([others & ~able, able]))  # the poor stay where they are
        return self.followed(lives, since)

    def part(self, use: str, lives: Ints, columns: Ints) -> tuple[Ints, Ints]:
        """Part plays whose plans differ in a figure of these milestones that is about to be used.

        Returns all paths there are now of these, and their milestones.
        """
        if len(self.cash_of) == 1:  # plays of one plan part at forks alone
            return lives, columns
        if use in BY_DRAW and not self.conditions.of:  # followers part, on the same path
            return lives, columns
        since, some = self.size, self._several(use, lives, columns)
        if len(some):
            self._part(use, lives[some], columns[some])
        lives, at = self.followed(lives, since)
        return lives, columns[at]

    def _several(self, use: str, lives: Ints, columns: Ints) -> Ints:
        """Return the positions of the paths that plays follow whose plans may differ in a figure.

        What is the same in all plans as they are written is the same after their forks.
        """
        label = self.label[lives]
        return np.asarray(((label & (label - 1) != 0) & self.differs[use][columns]).nonzero()[0])

    def _part(self, use: str, paths: Ints, columns: Ints) -> None:
        """Part plays on these paths by a figure of their milestones in which they differ."""
        groups, variants = self._groups(use, paths, columns)
        several = (groups != 0).sum(axis=0) > 1
        if use == "limit":
            least, most = bounds(self.variants.tables.limit[variants, columns], groups)
            tries = self.tries[paths, columns]
            several &= (tries >= least) & (tries < most)
        if several.any():
            self._deal(paths[several], groups[:, several])

    def _groups(self, use: str, paths: Ints, columns: Ints) -> tuple[Ints, Ints]:
        """Return those plays that agree in a figure, as sets, and a variant of each; shape
        (groups, paths).
        """
        history = self.edited.history[self.variant[paths]]
        kinds, each = history * self.columns + columns, []
        for kind in np.bincount(kinds.astype(np.intp, copy=False)).nonzero()[0].tolist():
            mine = (kinds == kind).nonzero()[0]
            plays = int(np.bitwise_or.reduce(self.label[paths[mine]]))
            each.append((mine, *self._known_groups(use, *divmod(kind, self.columns), plays)))
        most = max(len(sets) for _, sets, _ in each)
        groups, variants = np.zeros((2, most, len(paths)), dtype=np.int64)
        for mine, sets, of in each:
            for number, (plays, variant) in enumerate(zip(sets, of, strict=True)):
                groups[number, mine], variants[number, mine] = plays, variant
        return groups & self.label[paths], variants

    def _known_groups(
        self, use: str, history: int, column: int, plays: int
    ) -> tuple[list[int], list[int]]:
        """Return those of these plays that agree in a figure, as sets, and a variant of each."""
        key = use, history, column, plays
        if key not in self._known:
            of: dict[int, list[int]] = {}
            for play, root in enumerate(self.root_of.tolist()):
                if plays >> play & 1:
                    variant = self.edited.of_root(root, history)
                    code = int(self.edited.codes(variant)[USE[use], column])
                    group = of.setdefault(code, [0, variant])
                    group[0] |= 1 << play
            self._known[key] = [g for g, _ in of.values()], [v for _, v in of.values()]
        return self._known[key]


def _lowest(sets: Ints) -> Ints:
    """Return the first play of each set."""
    return np.asarray(np.bitwise_count((sets & -sets) - 1), dtype=np.int64)
