"""What happens to runs that are not in the same week, recorded by week and processed in order.

Runs record payments and changes of economy in any order of weeks; once all have ended, the weeks
are processed one by one, for the figures that are tracked by week.
"""

from __future__ import annotations

import numpy as np

from workbook.outcomes import FATES, Ints
from workbook.simulate.book import Book
from workbook.simulate.tally import NARROW, Tally

OPEN = FATES.index("open")


class Calendar:
    """Payments by week and run, in cents; and changes from economy to economy."""

    def __init__(self, lives: int, weeks: int) -> None:
        self.lives, self.weeks = lives, weeks
        self.moves = np.zeros((weeks + 1) * lives, dtype=np.int32)
        self.changes: list[tuple[Ints, Ints, Ints, Ints]] = []
        self._most = 0

    def make_room(self, amount: int) -> None:
        """Allow this much more money in or out per week."""
        self._most += amount
        if self._most >= NARROW:
            self.moves = self.moves.astype(np.int64, copy=False)

    def pay(self, lives: Ints, weeks: Ints, price: int, length: int, number: Ints) -> None:
        """Record that these runs (each once) pay a price several times at equal intervals.

        It is paid at the start of a week, so nothing else has changed that run's cash in it before.
        """
        cells, apart = weeks * self.lives + lives, length * self.lives
        fewest = int(number.min()) if len(number) else 0
        for nth in range(int(number.max(initial=0))):
            if nth >= fewest:
                more = (number > nth).nonzero()[0]
                number, cells = number[more], cells[more]
            self.moves[cells] = -price
            cells += apart

    def receive(self, lives: Ints, weeks: Ints, amount: int) -> None:
        """Record a payment to these runs (each once) at the end of their weeks."""
        self.moves[weeks * self.lives + lives] += amount

    def change(self, lives: Ints, weeks: Ints, before: Ints, after: Ints) -> None:
        """Record a change of economy at the end of their weeks."""
        self.changes.append((weeks, lives, before, after))

    def tell(self, book: Book, tally: Tally) -> None:
        """Process the weeks until the last run has ended."""
        gone = book.end_week + (book.fate == OPEN)  # an open run is still counted in its last week
        last_first = np.argsort(-gone.astype(np.int16), kind="stable")
        counts = self._counts(book, gone)
        turning, turns, each_week = self._turns(book.economies.net)
        cash = np.full(self.lives, book.start_cash, dtype=self._width(book))
        net = np.full(self.lives, book.economies.net[book.economies.first], dtype=cash.dtype)
        for week, there in enumerate(counts.sum(axis=1)[: int(book.end_week.max()) + 1].tolist()):
            if week:
                cash += net
            cash += self.moves[week * self.lives : (week + 1) * self.lives]
            if each_week[week] < each_week[week + 1]:
                now = slice(each_week[week], each_week[week + 1])
                net[turning[now]] += turns[now]
            tally.note(cash.take(last_first[:there]), counts[week])

    def _counts(self, book: Book, gone: Ints) -> Ints:
        """Return how many runs are in each economy at the end of each week; (weeks, economies)."""
        shape = (self.weeks + 2, len(book.economies))
        came = [np.full(self.lives, book.economies.first)]
        came += [weeks * shape[1] + after for weeks, _, _, after in self.changes]
        left = [gone * shape[1] + book.economy]
        left += [weeks * shape[1] + before for weeks, _, before, _ in self.changes]
        size = shape[0] * shape[1]
        more, less = (
            np.bincount(np.concatenate(cells).astype(np.intp, copy=False), minlength=size)
            for cells in (came, left)
        )
        return (more - less).reshape(shape).cumsum(axis=0)

    def _turns(self, net: Ints) -> tuple[Ints, Ints, list[int]]:
        """Return whose weekly net changes by how much, in order of weeks, with week offsets."""
        none = (np.zeros(0, dtype=np.int64),) * 4
        columns = zip(none, *self.changes, strict=True)
        weeks, lives, before, after = (np.concatenate(parts) for parts in columns)
        order = np.argsort(weeks.astype(np.int16), kind="stable")
        begins = np.bincount(
            (weeks + 1).astype(np.intp, copy=False), minlength=self.weeks + 2
        ).cumsum()
        return lives[order], (net[after] - net[before])[order], begins.tolist()

    def _width(self, book: Book) -> type[np.signedinteger]:
        """Return the narrowest integer type for cash: sorting then takes half the time."""
        bills = (self.weeks + 1) * int(np.abs(book.economies.net).max())
        most = abs(book.start_cash) + int((book.received + book.spent).max()) + bills
        return np.int32 if most < NARROW and self.moves.itemsize == 4 else np.int64
