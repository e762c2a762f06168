"""Progress bars, on a terminal only: of one long answer, and of the reports of a batch."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from workbook.play import OnProgress
from workbook.reports.task import Row
from workbook.words import Words

PATIENCE_SECONDS = 1.0


@contextmanager
def progress(name: str) -> Iterator[OnProgress]:
    """A bar on stderr for an answer that takes a while; yields what to call with the share done."""
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

        def on_progress(share: float) -> None:
            bar.update(share - bar.n)

        yield on_progress


@contextmanager
def report_progress(total: int, words: Words) -> Iterator[Callable[[Row], None]]:
    """A bar that moves with every report; yields what to call with each row."""
    from tqdm import tqdm

    off = not sys.stderr.isatty()
    with tqdm(total=total, desc=words("Reports"), disable=off, leave=False) as shown:

        def on_row(row: Row) -> None:
            shown.set_postfix_str(row.stem[:30], refresh=False)
            shown.update()

        yield on_row
