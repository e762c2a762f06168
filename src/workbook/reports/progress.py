"""Progress bars, on a terminal only: of one long answer, and of the reports of a batch."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

<<<<<<< HEAD
from workbook.play import OnProgress
=======
from workbook.play import Told
from workbook.reports.task import Row
from workbook.words import Words
>>>>>>> 585e994 (Reports: sources, answers and one module of progress bars; small modules that are read together are one)

PATIENCE_SECONDS = 1.0


@contextmanager
<<<<<<< HEAD
def progress(name: str) -> Iterator[OnProgress]:
    """A bar on stderr that comes where an answer takes its time; yields what to tell the share."""
=======
def progress(name: str) -> Iterator[Told]:
    """A bar on stderr for an answer that takes longer than a moment; yields what to call with the
    share done.
    """
>>>>>>> 585e994 (Reports: sources, answers and one module of progress bars; small modules that are read together are one)
    from tqdm import tqdm

    form = "{desc} {percentage:3.0f}%|{bar}| {elapsed}"
    off = not sys.stderr.isatty()
    with tqdm(
        total=1.0,
        desc=name,
        bar_format=form,
        disable=off,
        delay=PATIENCE_SECONDS,
        miniters=0,
        leave=False,
        ncols=60,
    ) as bar:

        def told(share: float) -> None:
            bar.update(share - bar.n)

        yield told


@contextmanager
def report_progress(total: int, words: Words) -> Iterator[Callable[[Row], None]]:
    """A bar that moves with every report; yields what to call with each row."""
    from tqdm import tqdm

    off = not sys.stderr.isatty()
    with tqdm(total=total, desc=words("Reports"), disable=off, leave=False) as shown:

        def told(row: Row) -> None:
            shown.set_postfix_str(row.stem[:30], refresh=False)
            shown.update()

        yield told
