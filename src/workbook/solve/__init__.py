"""What would it take? Values found by solving, not by trying.

The chance of the goal rises with cash, with a pass rate and with time. Played exactly the curve has
no noise; simulated with common random numbers it is just as monotone. Bisection finds the least
value for a wanted chance, to the cent, the tenth of a point, the week.

A break-even between testing and skipping needs no search: both are linear in the belief, because
truth is drawn once per run; two plays determine a line, and two lines cross at most once
(preposterior analysis: Raiffa & Schlaifer 1961, "Applied Statistical Decision Theory").
"""

from workbook.solve.break_even import BreakEven, test_or_skip
from workbook.solve.least import earliest_week, least_cash, least_pass_rate
from workbook.solve.required import Required

__all__ = [
    "BreakEven",
    "Required",
    "earliest_week",
    "least_cash",
    "least_pass_rate",
    "test_or_skip",
]
