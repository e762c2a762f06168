"""Where plays of edited plans part: at the first use of a figure in which their plans differ.

Until a milestone is begun, its price and its length change nothing; until an attempt at it ends,
nor does its pass rate; until it is reached, nor what it gives; until it is too little, nor the cash
at the start. So plays whose plans differ in such figures only follow one path, on which the plan of
one of them stands for all, and part where a figure is used that is not the same for all. Where a
rate differs, only those runs part in which it makes a difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Protocol, cast

import numpy as np

from workbook.outcomes import Floats, Ints
from workbook.simulate.chains import KINDS, Chains, Rated
from workbook.simulate.codes import BY_DRAW, USE, USES
from workbook.simulate.hypotheses import TRUE
from workbook.simulate.paths import from_each
from workbook.simulate.run_states import Bools, RunStates

MOST_PLAYS = 62
"""Plays of one pass: a set of them is a number of so many bits."""


def set_of(plays: Iterable[int]) -> int:
    """Return a set of plays as a number with a bit for each."""
    return sum(1 << play for play in plays)


class Edited(Rated, Protocol):
    """The variants of plays of edited plans, as parting asks for them."""

    root: Ints
    history: Ints

    def codes(self, variant: int) -> Ints:
        """Return a number for the figures of each use and milestone."""


class PartedStates(RunStates):
    """Paths that several plays follow until they part; `label` is the set of these plays.

    By play: `root_of` is its plan; by plan: `cash_of` is its cash at the start, in cents. Plays are
    sorted by cash: what is there of a path is the cash of the first, the poorest of its plays.
    """

    root_of: Ints
    cash_of: Ints
    plays_of: Ints
    failed: Ints
    draws_by_follower: bool

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

    @property
    def edited(self) -> Edited:
        """The variants of the plays."""
        return cast(Edited, self.variants)

    def begin_plays(self) -> None:
        """Let all plays of each path be those of each of its followers."""
        places, owner = self.members(np.arange(self.size))
        self.plays_of = np.zeros(len(self.run), dtype=np.int64)
        self.plays_of[self.order[places]] = self.label[owner]
        empty = np.arange(2 * self.columns, dtype=np.int32)
        self.failed = self.keep("failed", np.tile(empty, (self.size, 1)))
        self.chains = Chains(self.edited, self.root_of)
        self.draws_by_follower = bool(self.conditions.of) or not any(
            self._differs[kind].any() for kind in BY_DRAW
        )
        if not self.draws_by_follower:
            self.begin_luck(np.arange(self.lives))

    def copied(self, followers: Ints) -> None:
        """Copy also which plays they stand for."""
        if self.draws_by_follower:
            super().copied(followers)
        else:
            self.draws.copy(followers)
        self.plays_of = self._longer("plays_of", self.plays_of, self.plays_of[followers])

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
        plays = sets[:, owner] & self.plays_of[self.order[places]]
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
        able = _union(
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
        return np.asarray(((label & (label - 1) != 0) & self._differs[use][columns]).nonzero()[0])

    @cached_property
    def _differs(self) -> Mapping[str, Bools]:
        """By use and column, whether a figure is not the same in all plans as they are written."""
        codes = [self.edited.codes(self.edited.of_root(n, 0)) for n in range(len(self.cash_of))]
        return dict(zip(USES, (np.array(codes) != codes[0]).any(axis=0), strict=True))

    def _part(self, use: str, paths: Ints, columns: Ints) -> None:
        """Part plays on these paths by a figure of their milestones in which they differ."""
        groups, variants = self._groups(use, paths, columns)
        several = (groups != 0).sum(axis=0) > 1
        if use == "limit":
            least, most = _bounds(self.variants.tables.limit[variants, columns], groups)
            tries = self.tries[paths, columns]
            several &= (tries >= least) & (tries < most)
        if several.any():
            self._deal(paths[several], groups[:, several])

    def attempt_at(
        self, kind: str, lives: Ints, columns: Ints, chance: Floats
    ) -> tuple[Ints, Bools, Ints | slice]:
        """Draw at a milestone of each of these paths, for each play with its own chance.

        Where some plays of a run pass and others do not, its follower is copied; then paths divide.
        """
        if self.draws_by_follower or not len(lives):
            return super().attempt_at(kind, lives, columns, chance)
        chains = self._chains(kind, lives, columns)
        paths, passed, before = self._divide_by_draw(kind, lives, columns, chains)
        if kind != "truth":
            failed = (~passed).nonzero()[0]
            at = np.arange(len(lives))[before][failed]
            self.failed[paths[failed], KINDS.index(kind) * self.columns + columns[at]] = chains[at]
        return paths, passed, before

    def _chains(self, kind: str, lives: Ints, columns: Ints) -> Ints:
        """Return the chains of attempts of which these are the last."""
        slots, once = KINDS.index(kind) * self.columns + columns, np.ones_like(columns)
        before = slots if kind == "truth" else self.failed[lives, slots]
        made = self.tries[lives, columns].astype(np.int64) if kind == "attempt" else once
        true = once * (self.truth[lives, columns] == TRUE) if kind == "test" else once
        histories = self.edited.history[self.variant[lives]]
        return self.chains.after(before, histories, made, true, self.label[lives])

    def _divide_by_draw(
        self, kind: str, paths: Ints, columns: Ints, chains: Ints
    ) -> tuple[Ints, Bools, Ints | slice]:
        """Divide paths between the plays that pass an attempt and those that fail."""
        bars, sets = self.chains.bars[:, chains], self.chains.sets[:, chains] & self.label[paths]
        least, most = _bounds(bars, sets)
        places, counts = self.places(paths)
        staying = self.order[places]
        drawn = self.luck[kind].next(columns, counts, self.run[staying])
        stays, going = drawn >= least.repeat(counts), staying
        goes = ~stays
        if (least < most).any():
            goes = drawn < most.repeat(counts)
            both = (stays & goes).nonzero()[0]
            of = np.arange(len(paths)).repeat(counts)[both]
            passing = _union(drawn[both] < bars[:, of], sets[:, of])
            going, stays[both], goes[both] = self._copy_passing(staying, both, passing)
        return self._divide_in(paths, counts, (staying, stays), (going, goes))

    def _copy_passing(self, followers: Ints, at: Ints, passing: Ints) -> tuple[Ints, Bools, Bools]:
        """Copy those of the followers at these places whose plays do not all come to the same.

        Returns the followers with the copies, for the plays that pass, in place of these; and, of
        these places, at which plays stay and at which they go.
        """
        own = self.plays_of[followers[at]]
        passing = passing & own
        stays, goes = passing != own, passing != 0
        some = (stays & goes).nonzero()[0]
        if len(some):
            at, passing = at[some], passing[some]
            self.plays_of[followers[at]] &= ~passing
            followers = followers.copy()
            followers[at] = self.again(followers[at])
            self.plays_of[followers[at]] = passing
        return followers, stays, goes

    def _divide_in(
        self, paths: Ints, counts: Ints, stays: tuple[Ints, Bools], goes: tuple[Ints, Bools]
    ) -> tuple[Ints, Bools, Ints | slice]:
        """Divide paths into followers that stay, and those that go on copies of the paths.

        Of both, all followers by place, and at which there is one. Returns all paths there are now
        of these, which are of those that go, and their positions before.
        """
        begins = counts.cumsum() - counts
        fewer, more = (np.add.reduceat(some, begins, dtype=np.int64) for _, some in (stays, goes))
        mixed = (fewer > 0) & (more > 0)
        divided = mixed.nonzero()[0]
        if not len(divided):
            return paths, more > 0, slice(None)
        there, left = mixed.repeat(counts), paths[divided]
        new = self._add(left)
        self.lay(new, goes[0][(goes[1] & there).nonzero()[0]], more[divided])
        self.order[from_each(self.first[left], fewer[divided])] = stays[0][
            (stays[1] & there).nonzero()[0]
        ]
        self.count[left] = fewer[divided]
        passed = np.concatenate([fewer == 0, np.ones(len(new), dtype=bool)])
        return np.concatenate([paths, new]), passed, np.append(np.arange(len(paths)), divided)

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


def _union(some: Bools, sets: Ints) -> Ints:
    """Return all plays of some of these sets, column by column; (sets, columns)."""
    return np.asarray(np.bitwise_or.reduce(np.where(some, sets, 0), axis=0))


def _bounds(figures: Floats | Ints, groups: Ints) -> tuple[Floats, Floats]:
    """Return the least and the most of the figures of those groups in which there are plays."""
    least = np.where(groups != 0, figures, np.inf).min(axis=0, initial=np.inf)
    return least, np.where(groups != 0, figures, -np.inf).max(axis=0, initial=-np.inf)


def _lowest(sets: Ints) -> Ints:
    """Return the first play of each set."""
    return np.asarray(np.bitwise_count((sets & -sets) - 1), dtype=np.int64)
