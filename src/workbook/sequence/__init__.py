"""Rank the plan's order among every order that its dependencies allow.

Orders are compared by the chance of the goal, then by money.

precedence.py       orders allowed by the dependencies: counted, listed, swapped
choose_method.py    picks the method for a plan; `rank` returns a Ranking with its reasons
meet_in_middle.py   exact scores of all orders at once; built on transition_tables.py,
                    propagate.py, transition.py and states.py
exact_ranking.py    the Ranking from exact scores
spend.py            plans without income: dynamic programming, and the rule e / (1 − r)
order_search.py     orders simulated one by one, searched by swaps
ranking.py          the result; reasons.py says why an order is better
"""

from workbook.sequence.choose_method import MOST_ORDERS, MOST_PLAYS, rank
from workbook.sequence.precedence import Precedence
from workbook.sequence.ranking import Ranking, Scored, Swap
from workbook.sequence.spend import LeastSpend, Trial, least_spend, trials_of

__all__ = [
    "MOST_ORDERS",
    "MOST_PLAYS",
    "LeastSpend",
    "Precedence",
    "Ranking",
    "Scored",
    "Swap",
    "Trial",
    "least_spend",
    "rank",
    "trials_of",
]
