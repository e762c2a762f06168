"""Rank the plan's order among every order that its dependencies allow.

Orders are compared by the chance of the goal, then by money.

precedence.py       orders allowed by the dependencies: counted, listed, swapped
choose_method.py    picks the method for a plan, and searches; `rank` returns a Ranking
exact_ranking.py    exact scores of all orders at once; built on propagate.py and states.py
spend.py            plans without income: dynamic programming, and the rule e / (1 − r)
ranking.py          the result, and why an order is better
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
