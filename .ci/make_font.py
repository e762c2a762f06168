"""Cut the Chinese font of the charts out of Noto Sans SC.

    python .ci/make_font.py SOURCE_FOLDER TARGET_FOLDER     (`make font` does it all)

Kept: the 6,763 characters of GB2312, its signs and full-width forms, ASCII and some signs of
Latin-1. That is what Chinese text of today needs, at a fifth of the size. Hints and layout
features go: charts are drawn at print size, and matplotlib uses neither.
"""

import sys
from pathlib import Path

from fontTools import subset

SOURCE = "NotoSansSC-Regular.otf"
TARGET = "NotoSansSC-subset.otf"
MOST_BYTES = 1_600_000
ALSO = "§°±·×÷–—‘’“”…‰€ℓ№→←↑↓✓✗✔✘★☆●○■□▲△▼▽◆◇∞≈≠≤≥−"


def gb2312(rows: range) -> set[str]:
    """Every character in these rows of the GB2312 table."""
    cells = (bytes([0xA0 + row, 0xA0 + cell]) for row in rows for cell in range(1, 95))
    return set("".join(cell.decode("gb2312", errors="ignore") for cell in cells))


def wanted() -> set[str]:
    """Signs, numerals and full-width forms (rows 1-3), both levels of characters (16-87)."""
    ascii_signs = {chr(code) for code in range(0x20, 0x7F)}
    return ascii_signs | gb2312(range(1, 4)) | gb2312(range(16, 88)) | set(ALSO)


def cut(source: Path, target: Path) -> int:
    """Write the subset and return its size in bytes."""
    options = subset.Options(
        hinting=False, layout_features=[], name_IDs=["*"], notdef_outline=True, drop_tables=["DSIG"]
    )
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted(wanted())))
    cutter.subset(font)
    font["head"].modified = font["head"].created  # the same bytes whenever it is made
    font.recalcTimestamp = False
    subset.save_font(font, str(target), options)
    return target.stat().st_size


def main(source_folder: str, target_folder: str) -> None:
    """Find the source below a folder, cut it, and refuse a result that is too heavy."""
    found = next(Path(source_folder).rglob(SOURCE), None)
    if found is None:
        sys.exit(f"no {SOURCE} below {source_folder}; `make font` brings it")
    target = Path(target_folder, TARGET)
    size = cut(found, target)
    print(f"{target}: {size:,} bytes")
    if size > MOST_BYTES:
        sys.exit(f"more than {MOST_BYTES:,} bytes: too heavy for a repository")


if __name__ == "__main__":
    main(*sys.argv[1:])
