"""In which week the money of each life moved, and its economy changed: the weeks told afterwards.

Lives that do not keep step write here what happens to them, and when. Once all are over, the
weeks are gone through in order, whatever the order in which they were written.
"""

from __future__ import annotations

import numpy as np

from workbook.outcomes import FATES, Ints
from workbook.simulate.book import Book
from workbook.simulate.tally import NARROW, Tally

OPEN = FATES.index("open")


class Calendar:
    """Payments and cheques by week and life, in cents; and who changed from which economy when."""

    def __init__(self, lives: int, weeks: int) -> None:
        self.lives, self.weeks = lives, weeks
        self.moves = np.zeros((weeks + 1) * lives, dtype=np.int32)
        self.changes: list[tuple[Ints, Ints, Ints, Ints]] = []
        self._most = 0

    def make_room(self, amount: int) -> None:
        """A week may see this much more go in or out than it has until now."""
        self._most += amount
        if self._most >= NARROW:
            self.moves = self.moves.astype(np.int64, copy=False)

    def pay(self, lives: Ints, weeks: Ints, price: int, length: int, number: Ints) -> None:
        """These lives (each once) pay, from their weeks on, a price so many times, so far apart.

        It falls on the start of a week, so nothing else has moved that life's cash in it before.
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
        """A cheque comes to these lives (each once) at the end of their weeks."""
        self.moves[weeks * self.lives + lives] += amount

    def change(self, lives: Ints, weeks: Ints, before: Ints, after: Ints) -> None:
        """From one economy to another, at the end of their weeks."""
        self.changes.append((weeks, lives, before, after))

    def tell(self, book: Book, tally: Tally) -> None:
        """Go through the weeks until the last life is over."""
        gone = book.end_week + (book.fate == OPEN)  # an open life is still there in its last week
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
        """How many lives are in each economy at the end of each week; (weeks, economies)."""
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
        """Whose weekly net changes by how much, week after week, and where each week begins."""
        none = (np.zeros(0, dtype=np.int64),) * 4
        columns = zip(none, *self.changes, strict=True)
        weeks, lives, before, after = (np.concatenate(parts) for parts in columns)
        order = np.argsort(weeks.astype(np.int16), kind="stable")
        begins = np.bincount(
            (weeks + 1).astype(np.intp, copy=False), minlength=self.weeks + 2
        ).cumsum()
        return lives[order], (net[after] - net[before])[order], begins.tolist()

    def _width(self, book: Book) -> type[np.signedinteger]:
        """As narrow as the cash of the living allows: it is sorted in half the time."""
        bills = (self.weeks + 1) * int(np.abs(book.economies.net).max())
        most = abs(book.start_cash) + int((book.received + book.spent).max()) + bills
        return np.int32 if most < NARROW and self.moves.itemsize == 4 else np.int64
