"""What to try next: the belief to test first, what certainty is worth, and the cash needed."""

from __future__ import annotations

from workbook.cases import Case
from workbook.cases.case import YOURS
from workbook.plan import Milestone
from workbook.play import Gap
from workbook.reports.markup import WHOLE, Cell, paragraph, table
from workbook.reports.prospects import LIVES, WANTED, CashNeeded, Prospects, Risk, Trial
from workbook.solve.spans import NO_CASH
from workbook.words import N_, Words

TRIALS = {
    "better": N_("10 more of 100 attempts at it pass"),
    "earlier": N_("It is tried as early as what it needs allows"),
}
BELIEVED = N_("it is true with a chance 10 points higher")
MOST_RATES = 4


def next_steps(case: Case, prospects: Prospects, words: Words) -> str:
    """The section: the riskiest assumption with a table of what-ifs, then the cash."""
    risk = prospects.risk
    if risk is None:
        first = paragraph(words("No single milestone clearly holds the goal back."))
    else:
        first = paragraph(riskiest(case, risk, words), "lead") + _what_ifs(risk, prospects, words)
    cash = "" if prospects.cash is None else paragraph(cash_sentence(prospects, words))
    note = words(
        "These what-ifs are played {n} times each, all on the same luck. "
        "A gap is shown only if it is more than chance.",
        n=LIVES,
    )
    return f'<div class="keep">{first}{cash}{paragraph(note, "note")}</div>'


def riskiest(case: Case, risk: Risk, words: Words) -> str:
    """The riskiest assumption in a sentence, with what certainty is worth."""
    return words("{first} {second}", first=counted_on(case, risk, words), second=worth(risk, words))


def counted_on(case: Case, risk: Risk, words: Words) -> str:
    """The figure that the plan takes for granted, marked if it is assumed."""
    milestone = risk.milestone
    name, mark = words.name(milestone), _assumed_mark(case, milestone, words)
    if milestone.tests is not None:
        template = (
            "Test first: that “{milestone}” holds true. The plan believes it to {share}{mark}."
        )
        share = words.percent(milestone.tests.belief)
        return words(template, milestone=name, share=share, mark=mark)
    rates = [words.percent(rate) for rate in milestone.rates]
    shown = " → ".join(rates if len(rates) <= MOST_RATES else [*rates[:2], "…", rates[-1]])
    template = "Test first: “{milestone}”. The plan counts on {share} of attempts passing{mark}."
    return words(template, milestone=name, share=shown, mark=mark)


def _assumed_mark(case: Case, milestone: Milestone, words: Words) -> str:
    key = "pass_rate" if milestone.tests is None else "tests.belief"
    kind = case.basis.get(f"milestones.{milestone.id}.{key}", YOURS).kind
    return words(" (assumed ◇)") if kind == "assumed" else ""


def worth(risk: Risk, words: Words) -> str:
    """How many more lives would reach the goal if it were certain."""
    template = "Were it certain, {n} more of 100 lives would reach the goal (give or take {error})."
    return words(template, n=_lives(risk.gain.value), error=_lives(2 * risk.gain.error))


def _lives(share: float) -> str:
    return str(max(1, round(100 * abs(share))))


def _what_ifs(risk: Risk, prospects: Prospects, words: Words) -> str:
    heads = [words("if"), words("chance of the goal"), words("money left at the end")]
    cashless = prospects.outcomes.plan.cash is None
    rows = [_row(trial, risk, prospects, words) for trial in prospects.trials]
    sure: list[str | Cell] = [
        words("It passes at once"),
        Cell(gap_text(risk.gain, words), number=True),
        Cell("–", number=True),
    ]
    return table(
        heads[:2] if cashless else heads,
        [row[:2] if cashless else row for row in [sure, *rows]],
    )


def _row(trial: Trial, risk: Risk, prospects: Prospects, words: Words) -> list[str | Cell]:
    named = words(TRIALS[trial.kind])
    if trial.kind == "better" and trial.milestone.tests is not None:
        named = words(BELIEVED)
    money = words("no clear difference")
    if trial.cash.clear:
        step = power_of_ten(2 * trial.cash.error)
        rounded = round(abs(trial.cash.value) / step) * step
        amount = words.money(rounded, prospects.outcomes.plan.currency)
        more = trial.cash.value > 0
        money = words("{money} more", money=amount) if more else words("{money} less", money=amount)
    return [named, Cell(gap_text(trial.goal, words), number=True), Cell(money, number=True)]


def gap_text(gap: Gap, words: Words) -> str:
    """A gap in points, or that no difference is clear."""
    if not gap.clear:
        return words("no clear difference")
    return words.points(gap.value, max(WHOLE, gap.error))


def cash_sentence(prospects: Prospects, words: Words) -> str:
    """The least cash for eight lives in ten, with its error; or that no amount suffices."""
    need = prospects.cash
    assert need is not None
    wanted = round(100 * WANTED)
    if need.high == 0:
        return words(NO_CASH, wanted=wanted)
    if need.amount is None:
        template = (
            "More cash alone does not bring the goal to {wanted} of 100 lives: with all the cash "
            "in the world about {best} get there."
        )
        return words(template, wanted=wanted, best=round(100 * need.best))
    return _amount_sentence(need, prospects.outcomes.plan.currency, wanted, words)


def _amount_sentence(need: CashNeeded, currency: str, wanted: int, words: Words) -> str:
    assert need.amount is not None
    step = rounding(need)
    amount, low = (words.money(step * round(a / step), currency) for a in (need.amount, need.low))
    if need.high is None:
        template = (
            "For the goal in {wanted} of 100 lives, at least {low} must be there at the start."
        )
        return words(template, wanted=wanted, low=low)
    template = (
        "For the goal in {wanted} of 100 lives, about {amount} must be there at the start "
        "(between {low} and {high}: it is read off {n} lives)."
    )
    high = words.money(step * round(need.high / step), currency)
    return words(template, wanted=wanted, amount=amount, low=low, high=high, n=LIVES)


def rounding(need: CashNeeded) -> float:
    """The step to which the amount is rounded, by its error."""
    spread = max((need.high or need.low * 1.1) - need.low, 0.02 * (need.amount or 0.0), 1.0)
    return power_of_ten(spread / 4)


def power_of_ten(size: float) -> float:
    """The largest power of ten up to `size`, at least 1."""
    step = 1.0
    while step * 10 <= size:
        step *= 10
    return step
