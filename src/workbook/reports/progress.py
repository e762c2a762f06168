"""How far a long answer is: a bar on a terminal, nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from workbook.play import OnProgress

PATIENCE_SECONDS = 1.0


@contextmanager
def progress(name: str) -> Iterator[OnProgress]:
    """A bar on stderr that comes where an answer takes its time; yields what to tell the share."""
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
