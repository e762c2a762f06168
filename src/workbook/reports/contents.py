"""What the report notebook shows, one part for each of its cells.

report = Report.of("caffeine-lozenge", lang="en", runs=10_000, seed=1)
report.opening()      the finding, and four figures
…                     chain, fates, runway, conversion, milestones, forks, policy, review,
…                     next_steps, sources, takeaway
report.end()          the mark that makes a report complete
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import Any

from workbook.cases import Case
from workbook.charts import chain, conversion, fates, measure, runway
from workbook.charts.picture import picture
from workbook.consistency import shown
from workbook.edit import chosen
from workbook.errors import Fault, InputError, fault
from workbook.injected import injected
from workbook.outcomes import Outcomes
from workbook.play import play
from workbook.rehearsal.legal import has_decisions
from workbook.reports.markup import Html, bullets, figure, paragraph, tiles
from workbook.reports.next_steps import next_steps
from workbook.reports.notebook import END_MARK
from workbook.reports.parameters import MOST_RUNS, choices_of
from workbook.reports.policy_section import policy_section
from workbook.reports.prospects import Prospects
from workbook.reports.results import (
    finding,
    followed,
    followed_names,
    fork_figure,
    forks_section,
    key_figures,
    option_names,
)
from workbook.reports.summary import in_brief
from workbook.reports.tables import costs_table, milestones_table, sources_table
from workbook.reports.takeaway import takeaway
from workbook.reports.task import plan_named
from workbook.review import RULES, review
from workbook.wording.findings import findings_said
from workbook.wording.policies import NO_DECISION
from workbook.words import Words


class FaultyPlanError(InputError):
    """A plan with faults, shown in a notebook as a list without a traceback."""

    def __init__(self, error: InputError, words: Words) -> None:
        super().__init__(error.source, error.faults)
        self._lines = words.faults(error).splitlines()

    def _render_traceback_(self) -> list[str]:
        return self._lines


@dataclass(frozen=True)
class Report:
    """A plan with its outcomes, and the language of the report."""

    case: Case
    words: Words
    runs: int
    seed: int
    choices: Mapping[str, str] = field(default_factory=dict)
    with_policy: bool = False

    @classmethod
    def of(
        cls,
        plan: str,
        *,
        lang: str = "en",
        runs: int = 10_000,
        seed: int = 1,
        options: object = "",
        policy: bool = False,
    ) -> Report:
        """Read a plan file, or a shipped case by its id, for a report.

        `options` are those taken at forks: `FORK=OPTION`, separated by commas; or a list of such
        texts; or a mapping from forks to options. `policy` has rules for the decisions searched,
        which takes some seconds.

        Raises
        ------
        FaultyPlanError
            With every fault of the plan, or of the parameters.
        """
        words = Words(lang) if lang in ("en", "zh") else Words("en")
        try:
            _check(plan, lang, runs, seed)
            case, _ = plan_named(plan)
            choices = choices_of(options)
            chosen(case.plan, choices)
        except InputError as error:
            raise FaultyPlanError(error, words) from None
        return cls(case, words, runs, seed, choices, bool(policy))

    @cached_property
    def outcomes(self) -> Outcomes:
        """The outcomes of the plan as written."""
        return play(self.case.plan, self.choices, runs=self.runs, seed=self.seed)

    @cached_property
    def simulated(self) -> Outcomes | None:
        """The plan simulated, if the report needs it: an exact play follows no measures."""
        if self.outcomes.how == "simulated":
            return self.outcomes
        plan = self.case.plan
        if not plan.measures:
            return None
        return play(plan, self.choices, runs=self.runs, seed=self.seed, how="simulated")

    @cached_property
    def prospects(self) -> Prospects:
        """What would help the plan."""
        return Prospects(self.outcomes, self.seed, self.simulated)

    @property
    def title(self) -> str:
        """The plan's title, or its id."""
        return self.words.text(self.case.plan.title).strip() or self.case.id

    @property
    def figures(self) -> tuple[str, ...]:
        """Names of the pictures of a complete report."""
        names = ["chain", "fates"]
        if self.case.plan.cash is not None:
            names.append("runway")
        names += followed_names(self.case.plan)
        if self._sells:
            names.append("conversion")
        names += [fork_figure(n + 1) for n in range(len(self.case.plan.forks))]
        return tuple(names)

    @property
    def _sells(self) -> bool:
        gives = (m.gives for m in self.case.plan.milestones if m.gives)
        return self.case.plan.sales is not None or any(g.conversion is not None for g in gives)

    def opening(self) -> Html:
        """The title, the finding in one sentence, and the figures to keep."""
        from html import escape

        kicker = paragraph(self.words("A plan, played {n} times", n=self.runs), "kicker")
        if self.outcomes.how == "exact":
            kicker = paragraph(self.words("A plan, played to all its ends"), "kicker")
        head = f"{kicker}<h1>{escape(self.title)}</h1>"
        headline = paragraph(finding(self.outcomes, self.words), "finding")
        figures = tiles(key_figures(self.outcomes, self.words))
        sheet = escape(self.words("One sheet to print and carry away"))
        figures += f'<p class="note to-sheet"><a href="#takeaway">{sheet}</a></p>'
        return Html(
            f"<header>{self._in_vain}{head}{headline}{self._taken}{figures}</header>"
            f"{situation(self.case, self.words)}"
        )

    @property
    def _in_vain(self) -> str:
        """Which of papermill's parameters were not used, if any."""
        remark = injected().remark(self.words)
        return paragraph(remark, "note") if remark else ""

    @property
    def _taken(self) -> str:
        """The options that the figures are for, if any was taken."""
        if not self.choices:
            return ""
        names = option_names(self.case.plan.forks, self.choices, self.words)
        return paragraph(self.words("With {options} taken.", options=names), "note")

    def _figure(self, name: str, chart: Any, result: object) -> Html:
        if name not in self.figures:
            return self.nothing(name)
        shown = picture(chart, result, self.words, basis=self.case.basis)
        return Html(figure(name, shown.html))

    def nothing(self, name: str) -> Html:
        """A sentence in place of a picture without data."""
        sentences = {
            "runway": self.words("This plan counts no cash, so there is no runway to show."),
            "conversion": self.words(
                "This plan sells nothing yet, so there is no conversion to show."
            ),
        }
        return Html(paragraph(sentences[name]))

    def chain(self) -> Html:
        """The chain of milestones."""
        return self._figure("chain", chain, self.case.plan)

    def fates(self) -> Html:
        """A hundred lives as dots."""
        return self._figure("fates", fates, self.outcomes)

    def runway(self) -> Html:
        """The weekly cash, the hours that the business takes, and the plan's own measures."""
        chart: Any = measure
        shown = "".join(
            figure(name, picture(chart, it, self.words, basis=self.case.basis).html)
            for name, it in followed(self.outcomes, self.simulated, self.words)
        )
        if shown and "runway" not in self.figures:
            return Html(shown)
        return Html(self._figure("runway", runway, self.outcomes).html + shown)

    def conversion(self) -> Html:
        """How each milestone changes the conversion."""
        return self._figure("conversion", conversion, self.outcomes)

    def milestones(self) -> Html:
        """Every milestone with its proof and its odds."""
        return Html(
            milestones_table(self.outcomes, self.words)
            + costs_table(self.outcomes.plan, self.words)
        )

    def forks(self) -> Html:
        """Each fork's options, on the same luck; then what really happened, if the case says so."""
        odds = forks_section(self.outcomes, self.words, self.runs, self.seed)
        return Html(odds + happened(self.case, self.words))

    def policy(self) -> Html:
        """The decisions as rules to follow, and what following them is worth."""
        if not has_decisions(self.case.plan):
            return Html(paragraph(self.words(NO_DECISION)))
        if not self.with_policy:
            template = (
                "Rules for these decisions take some seconds to find, so a batch leaves them out;"
                " the command “workbook policy” with this plan prints them."
            )
            return Html(paragraph(self.words(template), "note"))
        return Html(policy_section(self.case.plan, self.words))

    def review(self) -> Html:
        """The findings of the lecture's rules."""
        found = review(self.case.plan)
        if not found:
            template = "None of the {n} rules finds anything to say about this plan."
            return Html(paragraph(self.words(template, n=len(RULES))))
        titles = {rule.id: self.words.message(rule.title) for rule in RULES}
        template = "rule: {title} ({claim})"
        lines = [
            (said, self.words(template, title=titles[finding.rule], claim=finding.claim))
            for finding, said in findings_said(found, self.words)
        ]
        return Html(bullets(lines, "findings"))

    def next_steps(self) -> Html:
        """The belief to test first, what it would be worth, and the cash it would take."""
        return Html(next_steps(self.case, self.prospects, self.words))

    def takeaway(self) -> Html:
        """The take-away sheet."""
        return Html(takeaway(self.case, self.prospects, self.words))

    def sources(self) -> Html:
        """Where the figures come from."""
        return Html(sources_table(self.case, self.words))

    def end(self) -> Html:
        """The end mark: the report is complete, with this content."""
        mark = {
            "title": self.title,
            "finding": finding(self.outcomes, self.words),
            "lang": self.words.html_lang,
            "goal": float(self.outcomes.fates["goal"]),
            "figures": list(self.figures),
            "data": {**self.outcomes.as_json(), "report": in_brief(self.prospects, self.words)},
        }
        from workbook.reports.task import plain

        line = self.words("Made with the workbook {version}.", version=_version())
        return Html(paragraph(line, "end"), {END_MARK: plain(mark)})


def _version() -> str:
    import workbook

    return workbook.__version__


def _check(plan: object, lang: object, runs: object, seed: object) -> None:
    """Refuse parameters of another type, because papermill passes on whatever it is given."""
    faults: list[Fault] = []
    if not isinstance(plan, str):
        template = "{found} is no text; write a file's name or a case's id in quotes"
        faults.append(fault("plan", template, found=shown(plan)))
    if lang not in ("en", "zh"):
        faults.append(
            fault("lang", "no language '{code}' here; choose en or zh", code=str(lang)[:40])
        )
    for name, value, least, most in (("runs", runs, 1, MOST_RUNS), ("seed", seed, 0, 2**32)):
        whole = isinstance(value, int) and not isinstance(value, bool)
        if not whole or not least <= value <= most:  # type: ignore[operator]
            template = "{found} is not a whole number from {least} to {most}"
            faults.append(fault(name, template, found=shown(value), least=least, most=most))
    if faults:
        raise InputError("report.ipynb", faults)


def situation(case: Case, words: Words) -> str:
    """The situation and its question; empty for a plan without a story."""
    texts = ((case.situation, "story"), (case.question, "question"))
    return "".join(paragraph(words.text(text), kind) for text, kind in texts if text)


def happened(case: Case, words: Words) -> str:
    """What really happened, each step with its claims; empty if the case does not tell."""
    if not case.happened:
        return ""
    steps = "".join(
        f"<li>{escape(words.text(step.text))}"
        f' <span class="note">{escape(words.list(list(step.claims)))}</span></li>'
        for step in case.happened
    )
    return f"<h3>{escape(words('What really happened'))}</h3><ol class='story'>{steps}</ol>"
