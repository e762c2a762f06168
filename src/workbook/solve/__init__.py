"""What would it take? Values found by solving, not by trying.

Usually the chance of the goal rises with cash, with a pass rate and with time. Played exactly the
curve has no noise; simulated, all its points share their random numbers. Bisection finds the least
value for a wanted chance, to the cent, the tenth of a point, the week; where more is not better,
`spans` finds every range that reaches it.

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
