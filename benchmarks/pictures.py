"""Every chart by both renderers, side by side in one run: `python -m benchmarks.pictures`.

As SVG with title, notes and table for a page, and as a PNG by matplotlib, which pages would need
without the SVG writer; milliseconds of CPU, the median of some rounds, once everything is loaded.
A page may take 4 ms a picture on average.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import fmean, median
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from pictured import named_results
from workbook.charts.artists import slide
from workbook.charts.picture import picture
from workbook.words import Words

ROUNDS = 7
MOST_MS = 4.0


def milliseconds(draw: Callable[[], object]) -> float:
    """The median of some rounds, after one that warms up."""
    draw()
    took = []
    for _ in range(ROUNDS):
        start = process_time()
        draw()
        took.append(1000 * (process_time() - start))
    return median(took)


def main() -> int:
    """Print a table; 1 where a page's pictures take too long on average."""
    found = []
    print(f"{'chart':<16}{'page':>8}{'PNG':>8}  ms")
    for lang in ("en", "zh"):
        words = Words(lang)
        for name, chart, result in named_results(words):
            page = milliseconds(lambda c=chart, r=result, w=words: picture(c, r, w).html)
            png = milliseconds(lambda c=chart, r=result, w=words: slide(c, r, w).savefig(BytesIO()))
            found.append((page, png))
            print(f"{name + ' ' + lang:<16}{page:>8.2f}{png:>8.1f}")
    page, png = (fmean(column) for column in zip(*found, strict=True))
    print(
        f"{'mean':<16}{page:>8.2f}{png:>8.1f}  a page may take {MOST_MS:g}; {png / page:.0f} times"
    )
    return int(page > MOST_MS)


if __name__ == "__main__":
    sys.exit(main())
