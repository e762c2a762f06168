"""In which order? Every order that the dependencies allow, by chance of the goal, then by money.

orders.py    what the dependencies leave open: counted, listed, swapped
meeting.py   all orders scored at once, without noise (legs.py, walk.py carry it)
spend.py     money that only goes out: dynamic programming, and the rule e / (1 − r)
trying.py    orders played one by one, searched by swaps
answer.py    which of these a plan calls for, and the answer: a Ranking with its reasons
"""

from workbook.sequence.answer import MOST_ORDERS, MOST_PLAYS, rank
from workbook.sequence.orders import Precedence
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
