"""What if? A plan compared with its edits, with common random numbers.

`variants` makes the edits, `contrast` compares two plays and says whether the gap is more than
noise, `autopsy` finds the causes of ruin, `crossings` varies a figure until another option wins.
"""

from workbook.whatif.autopsy import Autopsy, Death, autopsy, standing
from workbook.whatif.contrast import Comparison, Contrast, Verdict, compare
from workbook.whatif.crossings import Crossing, Crossings, crossings
from workbook.whatif.variants import (
    Variant,
    as_read,
    better,
    burn,
    cash,
    certain,
    faster,
    options_of,
    order,
    race,
    read,
    set_figure,
    skip,
)

__all__ = [
    "Autopsy",
    "Comparison",
    "Contrast",
    "Crossing",
    "Crossings",
    "Death",
    "Variant",
    "Verdict",
    "as_read",
    "autopsy",
    "better",
    "burn",
    "cash",
    "certain",
    "compare",
    "crossings",
    "faster",
    "options_of",
    "order",
    "race",
    "read",
    "set_figure",
    "skip",
    "standing",
]
