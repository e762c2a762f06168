"""Attempts of several plays, each with its own chance: where plays that pass part from those that
fail.

A run draws the same for all plays of it, so its follower stands for all of them until a draw lies
between their thresholds (`chains`). Then the follower is copied, and the path divides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Protocol, cast

import numpy as np

from workbook.outcomes import Floats, Ints
from workbook.simulate.chains import KINDS, Chains, Rated
from workbook.simulate.codes import BY_DRAW, USES
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


class AttemptStates(RunStates):
    """Paths that several plays follow; `label` is the set of these plays.

    By play: `root_of` is its plan; by plan: `cash_of` is its cash at the start, in cents. By
    follower: `plays_of` is the set of plays that it stands for.
    """

    root_of: Ints
    cash_of: Ints
    plays_of: Ints
    failed: Ints
    draws_by_follower: bool

    @property
    def goes_ahead(self) -> bool:
        """Whether attempts that fail in a row are drawn at once: plays may part between them."""
        return False

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
            self.differs[kind].any() for kind in BY_DRAW
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

    @cached_property
    def differs(self) -> Mapping[str, Bools]:
        """By use and column, whether a figure is not the same in all plans as they are written."""
        codes = [self.edited.codes(self.edited.of_root(n, 0)) for n in range(len(self.cash_of))]
        return dict(zip(USES, (np.array(codes) != codes[0]).any(axis=0), strict=True))

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
        bars = self.chains.bars.take(chains, axis=1)
        sets = self.chains.sets.take(chains, axis=1) & self.label[paths]
        least, most = bounds(bars, sets)
        places, counts = self.places(paths)
        staying = self.order.take(places)
        drawn = self.luck[kind].next(columns, counts, self.run.take(staying))
        stays, going = drawn >= least.repeat(counts), staying
        goes = ~stays
        if (least < most).any():
            goes = drawn < most.repeat(counts)
            both = (stays & goes).nonzero()[0]
            of = np.arange(len(paths)).repeat(counts)[both]
            passing = union(drawn[both] < bars.take(of, axis=1), sets.take(of, axis=1))
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


def union(some: Bools, sets: Ints) -> Ints:
    """Return all plays of some of these sets, column by column; (sets, columns)."""
    return np.asarray(np.bitwise_or.reduce(some * sets, axis=0))  # `where` takes six times as long


def bounds(figures: Floats | Ints, groups: Ints) -> tuple[Floats, Floats]:
    """Return the least and the most of the figures of those groups in which there are plays."""
    least = np.where(groups != 0, figures, np.inf).min(axis=0, initial=np.inf)
    return least, np.where(groups != 0, figures, -np.inf).max(axis=0, initial=-np.inf)
