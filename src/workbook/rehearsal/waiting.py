"""Why it may be better to start nothing new for a while, and for how long.

A week without new work costs its bills. It is offered only where something may come of it: work
under way ends, money comes in, a fork opens. Elsewhere it is still legal.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook.errors import Message, Money
from workbook.law import cents, next_payments
from workbook.plan import Fork
from workbook.rehearsal.lived import Lived
from workbook.rehearsal.moves import WAIT, Move

MOST_BURNT_WEEKS = 8
"""Weeks that are waited for cash to fall to where a fork opens: to burn more is no plan."""
Reason = tuple[int, Message]
"""How many weeks to wait for it, 0 where no week is sure; and what it is."""


def waits(lived: Lived) -> Iterator[Move]:
    """Yield the waits that are offered: of a week, and until the first thing to wait for."""
    left = lived.plan.horizon_weeks - lived.week + 1
    found = reasons_to_wait(lived) if left > 0 else ()
    if found:
        yield WAIT
        weeks = min((weeks for weeks, _ in found if weeks), default=1)
        if 1 < weeks <= left:
            yield Move("wait", weeks=weeks)


def reasons_to_wait(lived: Lived) -> tuple[Reason, ...]:
    """Return what may come of a wait; nothing where no work could be started anyway."""
    if not lived.to_choose():
        return ()
    return (*_work(lived), *_money(lived), *_earned(lived), *_forks(lived), *_calendar(lived))


def _named(lived: Lived, id: str) -> object:
    return lived.plan.milestone(id).name or id


def _work(lived: Lived) -> Iterator[Reason]:
    """Yield work under way, whose end may change what is worth starting."""
    for job in sorted(lived.jobs, key=lambda job: job.ends):
        values = {"what": _named(lived, job.subject), "week": job.ends}
        reason = Message("“{what}” ends in week {week}; it may show what is worth starting", values)
        yield max(0, job.ends - lived.week + 1), reason


def _money(lived: Lived) -> Iterator[Reason]:
    """Yield money that comes, or may come; whether a promise holds is not known before."""
    currency, about = lived.plan.currency, lived.plan.id
    for week, amount, subject, _ in lived.cheques:
        if subject != about and week >= lived.week:
            values = {"amount": Money(amount / 100, currency), "week": week}
            yield week - lived.week + 1, Message("{amount} comes in week {week}", values)
    for due in next_payments(lived.plan, lived.week):
        values = {"amount": Money(due.amount, currency), "week": due.week}
        yield due.week - lived.week + 1, Message("{amount} may come in week {week}", values)


def _earned(lived: Lived) -> Iterator[Reason]:
    """Yield what the business earns meanwhile, and what grows by itself."""
    if lived.mortal and (net := lived.economy.average_net_cents) > 0:
        amount = Money(round(net / 100), lived.plan.currency)
        yield 0, Message("the business earns {amount} a week meanwhile", {"amount": amount})
    elif lived.moving:
        yield 0, Message("customers, reach or stock go on moving by themselves")


def _forks(lived: Lived) -> Iterator[Reason]:
    """Yield forks that open by themselves, at their week or by the cash that is spent."""
    opening = {fork.id for fork in lived.open_now()}
    for fork in lived.untaken():
        if fork.id not in opening and (reason := _opens(lived, fork)) is not None:
            yield reason


def _opens(lived: Lived, fork: Fork) -> Reason | None:
    at = fork.at
    values: dict[str, object] = {"fork": fork.name or fork.id}
    later = {"week": None, "cash_below": None}
    rest = at.model_copy(update=later)
    if fork.any_time or not lived.holds_now(rest, lived.starting()):
        return None
    if at.week is not None and lived.week < at.week:
        values["week"] = at.week
        return at.week - lived.week, Message("“{fork}” opens in week {week}", values)
    drain = -lived.economy.average_net_cents
    if at.cash_below is None or not lived.mortal or drain <= 0:
        return None
    weeks = max(1, (lived.cash - cents(at.cash_below)) // drain + 1)
    if weeks > MOST_BURNT_WEEKS:
        return None
    values["amount"] = Money(at.cash_below, lived.plan.currency)
    return weeks, Message("“{fork}” opens once cash is below {amount}", values)


def _calendar(lived: Lived) -> Iterator[Reason]:
    """Yield milestones that only lack their week or their level."""
    for id in lived.pending():
        yield 0, Message("“{what}” still lacks its week or its level", {"what": _named(lived, id)})
