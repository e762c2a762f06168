"""Paths: the courses that runs share so far, as rows of arrays.

Ten thousand runs of a plan begin alike and part only where chance parts them. So the state of a
simulation has a row for each path, not for each run: when an event happens in some of a path's runs
only, the path divides in two. Which runs follow a path is a section of `order`, of numbers of
followers: a run has one follower, and one more for each copy of a path (`run` says whose). What a
run draws is kept by follower.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbook.outcomes import Floats, Ints

Bools = NDArray[np.bool_]


class Paths:
    """Rows that divide. Arrays by row are kept with room for more; `Paths.keep` names them.

    Arrays in one of `kept` (dictionaries of arrays by row) follow, too.
    """

    def __init__(self, runs: int, *, apart: bool, copies: int = 1) -> None:
        self.size = runs if apart else copies
        self.order = np.arange(runs * copies)
        self.run = np.tile(np.arange(runs), copies)
        self._rooms: dict[str, Ints] = {}
        self._names: list[str] = []
        self._blocks: list[NDArray[Any]] = []
        self._rows_of: dict[str, tuple[int, int, np.dtype[Any]]] = {}
        self._whole: dict[str, NDArray[Any]] = {}  # with the room for more
        self._loose = True
        self.kept: list[dict[Any, Any]] = []
        self.parent = self.keep("parent", np.zeros(self.size, dtype=np.int64))
        self.first = self.keep("first", np.arange(self.size))
        self.count = self.keep("count", np.full(self.size, runs * copies // self.size))
        self.first *= self.count

    def keep(self, name: str, array: NDArray[Any]) -> NDArray[Any]:
        """Let the attribute of that name have a row for every path; return the array."""
        if name not in self._names:
            self._names.append(name)
        self._loose = True
        return array

    def members(self, paths: Ints) -> tuple[Ints, Ints]:
        """Return the places in `order` of all runs of these paths, and the position of their path.

        The runs of one path come one after the other.
        """
        places, counts = self.places(paths)
        return places, np.arange(len(paths)).repeat(counts)

    def places(self, paths: Ints) -> tuple[Ints, Ints]:
        """Return the places in `order` of all runs of these paths, and how many each path has."""
        counts = self.count[paths].astype(np.intp, copy=False)
        first = self.first[paths]
        return (first if _one_each(counts) else from_each(first, counts)), counts

    def run_of(self, paths: Ints) -> Ints:
        """Return one run of each path: where all of its runs draw the same, any will do."""
        return np.asarray(self.run[self.order[self.first[paths]]])

    def divide(self, paths: Ints, places: Ints, happens: Bools) -> tuple[Ints, Bools, Ints | slice]:
        """Divide paths whose runs disagree on whether something happens.

        `places` are those of `places`; `happens` is by run, in that order. Returns all paths there
        are now of these, whether it happens in them, and their positions before.
        """
        if len(places) == len(paths):
            return paths, happens, slice(None)
        counts, first, so_far = self.count[paths], self.first[paths], happens.cumsum()
        staying = so_far[counts.cumsum() - 1]
        staying[1:] -= staying[:-1].copy()
        some = staying > 0
        mixed = (some & (staying < counts)).nonzero()[0]
        if not len(mixed):
            return paths, some, slice(None)
        followers = self.order[places]
        new = self._split_off(paths[mixed], staying[mixed])
        self.order[from_each(first, staying)] = followers[happens.nonzero()[0]]
        self.order[from_each(first + staying, counts - staying)] = followers[
            (~happens).nonzero()[0]
        ]
        return (
            np.concatenate([paths, new]),
            np.concatenate([some, np.zeros(len(new), dtype=bool)]),
            np.concatenate([np.arange(len(paths)), mixed]),
        )

    def _split_off(self, paths: Ints, staying: Ints) -> Ints:
        """Add copies of these paths for all runs but the first so many of each; return them."""
        new = self._add(paths)
        self.first[-len(new) :] += staying
        self.count[-len(new) :] -= staying
        self.count[paths] = staying
        return new

    def divide_by(self, paths: Ints, places: Ints, owner: Ints, *keys: Floats) -> tuple[Ints, Ints]:
        """Divide paths whose runs differ in one of the keys; return all, and positions before.

        Where all runs of a path have the same keys, it stays as it is.
        """
        positions = np.arange(len(paths))
        if len(places) == len(paths):
            return paths, positions
        sorted_ = np.lexsort((*keys, owner))
        self.order[places] = self.order[places][sorted_]
        turns = np.diff(owner[sorted_], prepend=-1) != 0
        part = turns.copy()
        for key in keys:
            part |= np.diff(key[sorted_], prepend=np.nan) != 0
        begins = part.nonzero()[0]
        later = ~turns[begins]
        of = owner[sorted_][begins]
        new = self._add(paths[of[later]])
        rows = paths[of]
        rows[later] = new
        self.first[rows] = places[begins]
        self.count[rows] = np.diff(np.append(begins, len(places)))
        return np.concatenate([paths, new]), np.concatenate([positions, of[later]])

    def divide_by_number(
        self, paths: Ints, places: Ints, counts: Ints, numbers: Ints
    ) -> tuple[Ints, Ints, Ints]:
        """Divide paths by small numbers of their runs, from 0 on.

        `places` and `counts` are those of `places`; `numbers` is by run, in that order. Returns all
        paths there are now of these, the number of each, and their positions before.
        """
        width = int(numbers.max(initial=0)) + 1
        kind = np.arange(len(paths)).repeat(counts) * width + numbers.astype(np.intp, copy=False)
        each = np.bincount(kind, minlength=1)
        there = each.nonzero()[0]
        of, number = np.divmod(there, width)
        if len(there) == len(paths):
            return paths, number, of
        narrow = kind.astype(np.uint16) if len(each) < 2**16 else kind  # sorted much sooner
        self.order[places] = self.order[places[np.argsort(narrow, kind="stable")]]
        later = np.diff(of, prepend=-1) == 0
        begins = each[there].cumsum() - each[there]
        firsts = begins[~later][of]
        new = self._add(paths[of[later]])
        rows = paths[of]
        first = self.first[rows] + begins - firsts
        rows[later] = new
        self.first[rows], self.count[rows] = first, each[there]
        return rows, number, of

    def followed(self, paths: Ints, since: int) -> tuple[Ints, Ints | slice]:
        """Return these paths and all that have come of them since there were so many; and of which.

        `since` is the `size` at which the paths were listed; the second is positions in the list.
        """
        if self.size == since:
            return paths, slice(None)
        new = np.arange(since, self.size)
        origin = self.parent[since:].copy()
        while (late := origin >= since).any():
            origin[late] = self.parent[origin[late]]
        listed = np.full(since, -1)
        listed[paths] = np.arange(len(paths))
        at = listed[origin]
        mine = at >= 0
        return np.concatenate([paths, new[mine]]), np.concatenate([np.arange(len(paths)), at[mine]])

    def by_run(self, paths: Ints) -> Ints:
        """Return the path of each run, of these paths, which each run follows one of."""
        places, owner = self.members(paths)
        path = np.empty(len(places), dtype=np.int64)
        path[self.run[self.order[places]]] = paths[owner]
        return path

    def again(self, followers: Ints) -> Ints:
        """Let the runs of these followers be followed once more, with draws that go on by
        themselves; return the new followers.
        """
        new = len(self.run) + np.arange(len(followers))
        self.run = self._longer("run", self.run, self.run[followers])
        self.copied(followers)
        return new

    def lay(self, paths: Ints, followers: Ints, counts: Ints) -> None:
        """Give these paths these followers, so many to each, those of one after another's."""
        before = len(self.order)
        self.order = self._longer("order", self.order, followers)
        self.count[paths] = counts
        self.first[paths] = before + counts.cumsum() - counts

    def _longer(self, name: str, array: Ints, more: Ints) -> Ints:
        """Return an array by follower with more at its end, kept with room for still more."""
        before, now = len(array), len(array) + len(more)
        if len(self._rooms.get(name, ())) < now:
            self._rooms[name] = np.empty(2 * now, dtype=array.dtype)
            self._rooms[name][:before] = array
        self._rooms[name][before:now] = more
        return self._rooms[name][:now]

    def copied(self, followers: Ints) -> None:
        """Do what is due after the draws of these followers have been copied."""

    def _add(self, origins: Ints) -> Ints:
        """Add a copy of each of these paths, and return them."""
        before, self.size = self.size, self.size + len(origins)
        if self._loose:
            self._pack(before)
        for number, block in enumerate(self._blocks):
            if block.shape[1] < self.size:
                wider = np.empty((len(block), 2 * self.size, *block.shape[2:]), dtype=block.dtype)
                wider[:, :before] = block[:, :before]
                self._blocks[number] = block = wider
                self._whole = {}
            block[:, before : self.size] = block.take(origins, axis=1)
        self._show()
        for arrays in self.kept:
            for key, array in arrays.items():
                arrays[key] = np.concatenate([array, array[origins]])
        self.parent[before:] = origins
        self.grown()
        return np.arange(before, self.size)

    def only(self, paths: Ints) -> None:
        """Keep these paths, under new numbers from 0 on, and let the others go."""
        if self._loose:
            self._pack(self.size)
        self.size = len(paths)
        self._blocks = [block.take(paths, axis=1) for block in self._blocks]
        self._whole = {}
        self._show()
        for arrays in self.kept:
            for key, array in arrays.items():
                arrays[key] = array[paths]
        self.grown()

    def _pack(self, size: int) -> None:
        """Lay arrays of one kind together, so that a row is added to all of them at once.

        Of one kind are those with as many bytes a row, in items of the same size.
        """
        kinds: dict[tuple[Any, ...], list[str]] = {}
        for name in self._names:
            array = getattr(self, name)
            kinds.setdefault((array.itemsize, array.shape[1:]), []).append(name)
        self._blocks, self._rows_of, self._whole = [], {}, {}
        for (item, width), names in kinds.items():
            block = np.empty((len(names), 2 * size, *width), dtype=f"u{item}")
            for row, name in enumerate(names):
                array = getattr(self, name)
                block[row, :size] = array.view(block.dtype)
                self._rows_of[name] = len(self._blocks), row, array.dtype
            self._blocks.append(block)
        self._loose = False

    def _show(self) -> None:
        """Let the arrays have a row for each path."""
        if not self._whole:
            for name, (number, row, dtype) in self._rows_of.items():
                self._whole[name] = self._blocks[number][row].view(dtype)
        size = self.size
        vars(self).update({name: whole[:size] for name, whole in self._whole.items()})

    def grown(self) -> None:
        """Do what is due after paths have been added, or let go."""


def _one_each(counts: Ints) -> bool:
    """Whether each of these paths has one run."""
    return int(np.add.reduce(counts)) == len(counts)


def from_each(first: Ints, counts: Ints) -> Ints:
    """Return the numbers from each first one on, so many of each."""
    ends = counts.cumsum()
    total = int(ends[-1]) if len(ends) else 0
    return np.asarray(np.arange(total) + (first - ends + counts).repeat(counts))
