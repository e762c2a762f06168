"""The rules of a week, which every engine follows: bills before payments received.

Weeks are counted 1, 2, …, `horizon_weeks`; money is in whole cents. A plan whose goal already holds
at the start reaches it in week 0. Then, each week:

0. *Forks.* A fork with an option chosen opens in the first week in which all its conditions hold:
   `milestone`: an attempt at it, or a redesign at it (for whichever milestone that is due), would
   start this week (before checking whether it can be paid); `week`: that week or later;
   `cash_below`: cash is now less. A loan is paid out at once. Forks are checked in the plan's
   order, and all again after each one that opens, because its option may change what holds. During
   a `wait` nothing new is started, its burn replaces the plan's, and no fork opens.
1. *Starts.* Free teams take, in the plan's order, milestones that are not reached, used up, skipped
   or under way, and whose needs are met; each pays its whole cost now (a race of k teams: k times).
   The first one that cannot be paid from the cash blocks those after it. If nothing is under way
   then, revenue ≤ burn and no funding is due, that is **ruin**; otherwise the week is spent
   waiting (*When money may still come*, below).
2. *Bills.* Burn, once; revenue = reach × conversion × price × margin of the state at the start of
   the week; debts due.
3. *Ruin* if cash is below 0; exactly 0 survives. A ruined run is frozen.
4. *Ends.* Attempts and redesigns started in week s that last w weeks end in week s + w − 1, in the
   plan's order; a redesign has the position of the hypothesis that it puts right, before a test of
   it. A wait ends with its chance. Funding due arrives (with a lag of 0: at once). Effects count
   from the next week. Then the verdict: **goal** if the goal holds; **stuck** if something used up
   makes the goal impossible: the goal requires it, or nothing is under way and nothing is left to
   attempt (if nothing is used up, the bills continue), and no fork to come changes that; **open**
   if this was the last week. Goal and stuck are also checked once before week 1. Forks to come are
   those with an option chosen that may still open: they name no milestone, or one that (itself, or
   what relies on it) is not reached and needs nothing used up. They change the verdict if, with all
   their options in the plan, the goal requires nothing used up; for a goal of breaking even, if one
   of them changes sales, revenue or burn, or something is left to attempt.

*Separate bills.* Together with the burn, each of `bills` is paid, at its present amount: once, in
`from_week`, or, with `every_weeks`, in that week and again at that interval, up to `until_week`. A
wait does not change them. They are ignored when a blocked start asks whether revenue covers the
burn; for breaking even, revenue must cover the burn and the weekly mean of all recurring bills
(amount / `every_weeks`), whichever weeks they fall in.

*Salaries.* Each of `roles` is paid every week from `from_week` to `until_week`: headcount × pay a
week × (1 + `on_costs`), in whole cents, with 12 / 52 of a pay a month. Salaries are separate bills
that recur every week; a milestone or an option changes the headcount.

*Founders and jobs.* The hours of the week are `hours_per_week` and those of all `founders`, each
without the hours of a job beside it, which takes its hours and brings its pay (12 / 52 of a pay a
month) in proportion to its `workload`; a milestone or an option changes that. One piece of work at
a time has all the free hours. The pay comes in with the bills (2), also during a wait, and is
counted when a blocked start asks whether revenue covers the burn. It is not revenue: not for
breaking even, not for the profit that is taxed.

*Recurring customers.* Besides its revenue the week earns what they pay: customers × monthly fee ×
12 / 52 × margin, with the customers at the start of the week. Then, before anything ends (4), the
customers become customers × (1 − churn) ^ (12 / 52) + reach × conversion + customers × referrals ×
12 / 52, with monthly churn and referrals, at most `most_customers`; the reach grows by the factor
(1 + growth) ^ (12 / 52), to `most_reach_per_week` at most. Nothing is rounded to whole people. What
a milestone gives sets or adds to the customers and the reach of that time.

*When money may still come.* A start that cannot be paid is not ruin yet (1) if weeks differ by
themselves in a plan or one of its options: customers stay, reach grows, customers pay later than
they buy, goods are kept in stock, months have factors, or figures differ from week to week. With
nothing left to attempt, a goal of breaking even is not stuck then. It is not ruin yet either if a
plan has a level, or if what cannot be started takes hours of which none are free.

*Late payments and stock.* If a plan has terms of payment or stock, what customers owe for a week
(before the margin is deducted) arrives `paid_after_weeks` later, with the revenue of that week;
sales before week 1 are not included. Goods cost the price minus the margin. Each week as many are
ordered, and paid at once, as the stock needs to cover this week's sales and `stock_weeks` more;
never fewer than `minimum_order`; the goods of monthly fees are paid in their week. Stock never runs
out. For breaking even, revenue counts when it is earned.

*Levels.* A milestone with a `level` is never attempted: it is reached at the end of the first week
in which its needs are reached and the figure has been within the level (`at_least`, `at_most`) at
the end of the required number of consecutive weeks, including that week; whatever ended or arrived
that week counts, and money is compared in whole cents. The founder's share and the debt are such
figures, too.

*Start weeks and deadlines.* No attempt at a milestone with `from_week` starts before that week, and
with `starts_every_weeks` only in that week (or week 1) and again at that interval. At the end of
`by_week` a milestone that is not reached is used up, as after its last attempt, and work under way
on it is abandoned. As long as a milestone lacks only its week or its level, something is left to
attempt. A fork with `used_up` opens once that milestone is used up.

*Ranges of figures.* Each of `ranges` is drawn once a run: the difference from the likely value is
added to the figure at the start, or to the new value that a milestone gives it, within the bounds
of the figure. What an option sets is certain.

*Figures that differ from week to week.* Each of `weekly_ranges` is drawn again each week: the
figure of that week, whatever has become of it by then, is multiplied by draw ÷ likely value, within
its bounds; a bill in the weeks in which it is paid. What moves by itself moves on from the figure
without it. Breaking even and levels ask the figures of that week, of bills the mean.

*Shared conditions.* Each of `conditions` holds in a run or does not, from the first week to the
last: it is drawn once, with its chance. If it does not hold, the pass rates of its milestones, for
each team of a race, are multiplied by its `pass_rate_factor`; several conditions multiply.

*Calendar.* Week n begins n − 1 weeks after the plan's first day (`starts`). The reach of a week is
multiplied by the factor of the month in which it begins (`seasons`), for sales and for new
customers. In a `closed` week no attempt or redesign starts or progresses, which delays its end; no
fork that names a milestone opens. With `milestones` this holds for work at these only.

*Rounds and loans.* Money may come with a share of the company given away, or to be paid back: as
funding of a milestone or a redesign, as money due, or as the `funding` of an option, drawn when its
fork opens (without a lag it comes at once). When it comes, the founder's share (`founder_share` at
the start) is multiplied by 1 − `share_given`. With `repaid` the debt grows by the amount, and n
equal instalments follow, `every_weeks` apart, the first after as many weeks: amount × i / (1 − (1 +
i)^−n), in whole cents, with the interest i of one period (`interest_per_year` × `every_weeks` / 52)
on what is owed; the last pays what is left. With `grace_weeks` as many payments as fall into these
weeks come before them, of the interest alone. They are debts due (2), whatever has happened. The
loan of an option is owed in full until it is repaid.

*Tax.* With `tax_on_profit`, that share of the profit is paid with the bills of every 13th week (2),
if it is a profit: revenue that came in, minus burn, separate bills, goods, and what attempts and
redesigns have cost, since the last tax was paid. A loss is carried forward. Loans, rounds, funding
and interest are no part of it, and breaking even is asked before tax.

*Either way.* A milestone with `needs_any` waits for all of its `needs` and for one of those; a
skipped one does not count, and if all are skipped nothing is needed. Once one is reached the others
are spare: they are not begun any more, nor what leads only to them; work under way continues. What
others need or rely on, and the goal, is never spare. The goal is impossible (4) if no way to it is
left.

*Gives.* What a milestone gives replaces the present figure, or is added to it if it has a sign
(`+1700`, `-5`), within the bounds of the figure; several that end in one week give in the plan's
order, a redesign after the milestone that it reaches.

*Due.* Money promised before the plan begins (`due`) is drawn at the start and arrives like funding,
at the end of its week; with `every_weeks` also at that interval, up to `until_week`, each payment
with its own draw. It is no revenue: not for breaking even, nor for levels of revenue and profit.

*Attempts.* The n-th attempt passes with the n-th pass rate, the last repeats; after `attempts`
failures the milestone is used up. A race passes if any team does: 1 − (1 − rate)^k.

*Hypotheses.* A milestone with `tests` is attempted once, by one team: its `teams` are ignored,
because no race makes a hypothesis true. Truth is drawn once per run. If the test says no, rightly
or wrongly, the redesign (with its own weeks and cost, started and paid like an attempt) makes it
true and reaches the milestone; a wrong no does not make anything untrue. An attempt at what
`relies_on` an untrue hypothesis, untested or falsely passed, fails for certain and uses up one
attempt but not its random draw; from then on every untrue hypothesis that it relied on is known to
be untrue. What is known to be untrue is put right before it is tested, or before anything that
relies on it is attempted: the redesign is started in place of that attempt, by the first free team
that comes to it, and no other team starts what waits for it. A redesign also reaches the tested
milestone unless that is skipped; a test of it by another team is abandoned.

*Hours.* An attempt that takes `hours` lasts ceil(hours / (hours per week − running hours)) weeks,
with the hours of its first week; without free hours it waits, and so do those after it. Without
`cash` in the plan money is counted from 0 and there is no ruin.

*Morale.* With `morale` there are points, `start` at first. At the end of every week (4), what is
reached by then and its failed attempts and tests count together: the points rise by `rises_by` for
each milestone reached and fall by `falls_by` for each failure, and stay between 0 and 100. An
attempt that starts (1) with fewer points than `low_below` takes `rounds_longer` times its whole
weeks, rounded again; a redesign does not.

*Lengths* are whole weeks, rounded, at least one; a race lasts as long as one attempt. From a range
(low, likely, high) each attempt draws its own value (`luck.py`).
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from workbook.law.economy import Economy
from workbook.plan import BREAKEVEN, Plan


def goal_holds(plan: Plan, economy: Economy, reached: AbstractSet[str]) -> bool:
    """Whether the goal is reached: its milestone is, or the business breaks even."""
    return economy.breaks_even if plan.goal == BREAKEVEN else plan.goal in reached
