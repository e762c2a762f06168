"""What a report says of plans of every kind, without a kernel."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from test_described import PLACES
from workbook import cases, exact, simulate
from workbook.reports import Report
from workbook.reports.command import _is_one_plan
from workbook.reports.contents import FaultyPlanError
from workbook.reports.markup import table
from workbook.reports.notebook import END_MARK
from workbook.reports.tables import key_of, sources_table
from workbook.reports.task import strict_json
from workbook.words import Words

PARTS = ["opening", "chain", "fates", "runway", "conversion"]
PARTS += ["milestones", "forks", "policy", "review", "next_steps", "sources", "takeaway", "end"]
ONE = "milestones: [{id: shop, weeks: 2, pass_rate: 0.5}]"
LINE = "\n".join(
    f"  - {{id: m{n}, needs: [{f'm{n - 1}' if n else ''}], pass_rate: 0.9}}" for n in range(60)
)
HYPOTHESIS = """\
skips: [taste]
milestones:
  - {id: taste, tests: {belief: 0.6, redesign: {weeks: 2, cost: 900}}}
  - {id: shop, relies_on: [taste], weeks: 2, cost: 500}
"""
PLANS = {
    "one milestone": f"goal: shop\ncash: 5000\nburn_per_week: 100\n{ONE}",
    "no cash": f"goal: shop\n{ONE}",
    "nothing at all": "goal: breakeven",
    "no money at all": f"goal: shop\ncash: 0\nburn_per_week: 100\n{ONE}",
    "cannot pass": "goal: shop\ncash: 5000\nmilestones: [{id: shop, pass_rate: 0.0, attempts: 2}]",
    "certain": "goal: shop\nmilestones: [{id: shop}]",
    "hours": "goal: shop\nhours_per_week: 5\nmilestones: [{id: shop, hours: 20, pass_rate: 0.5}]",
    "measures": f"goal: shop\ncash: 900\nmeasures: {{nps: {{value: 5}}, m2: {{value: 1}}}}\n{ONE}",
    "skipped": f"goal: shop\ncash: 4000\nburn_per_week: 100\n{HYPOTHESIS}",
    "sixty in a line": f"goal: m59\ncash: 5000\nburn_per_week: 10\nmilestones:\n{LINE}",
    "ranges": "goal: shop\ncash: 900\nmilestones: [{id: shop, weeks: [1, 2, 4], pass_rate: 0.3}]",
}
UNDER_WAY = f"""\
goal: shop
cash: 5000
burn_per_week: 100
{ONE}
log: [{{week: 4, milestone: shop, result: failed, cash: 4321}}]
"""
PLANS["under way"] = UNDER_WAY


@pytest.fixture
def report(tmp_path):
    """The report on a plan file with these keys."""

    def report(text, lang="en"):
        path = tmp_path / "example.yaml"
        path.write_text(f"plan: 1\nid: example\n{text}\n", encoding="utf-8")
        return Report.of(str(path), lang=lang, runs=200)

    return report


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("kind", PLANS)
def test_a_report_is_whole_for_every_kind_of_plan(report, kind, lang):
    """Every part has something to show, every promised picture is there, the data is strict."""
    reported = report(PLANS[kind], lang)
    shown = {part: getattr(reported, part)()._repr_mimebundle_() for part in PARTS}
    assert all(bundle["text/html"].strip() for bundle in shown.values())
    html = "".join(bundle["text/html"] for bundle in shown.values())
    for name in reported.figures:
        assert f'id="figure-{name}"' in html
    assert "None" not in html.replace("None of the", "")
    assert "nan" not in html.replace("finance", "")
    assert strict_json(shown["end"][END_MARK])


def test_the_finding_names_the_milestone_where_the_money_dies(report):
    """The first sentence says how many get there, and where most of the others end."""
    html = report(PLANS["one milestone"].replace("5000", "500")).opening().html
    assert "reach the goal, “shop”" in html
    assert "run out of money, most often at “shop”" in html


def test_of_a_plan_under_way_the_cash_of_today_is_reported(report):
    """The last count, with its week; the sum of the start would be money spent long ago."""
    shown = str(report(UNDER_WAY).opening()._repr_mimebundle_())
    assert "4,321" in shown
    assert "today, in week 4" in shown
    assert "5,000" not in shown


def test_figure_and_picture_tell_the_same_week_of_ruin(report):
    """The large figure under the finding and the title of the runway are read off one curve."""
    reported = report(PLANS["one milestone"].replace("cash: 5000", "cash: 500"))
    week = re.search(r"half of them by week (\d+)", str(reported.opening()._repr_mimebundle_()))
    assert week is not None
    assert week.group() in str(reported.runway()._repr_mimebundle_())


def test_the_lozenge_lists_every_fact_with_its_source():
    """No figure of the case is left out, and each assumed one gives its reason."""
    reported = Report.of("caffeine-lozenge", runs=50)
    html = reported.sources().html
    assert html.count('<th scope="row">') == len(reported.case.facts)
    assert "L15: " in html
    for fact in reported.case.facts.values():
        if fact.basis == "assumed":
            assert fact.why.en[:20] in html.replace("&quot;", '"').replace("&#x27;", "'")


@pytest.mark.parametrize(
    ("case", "pictures"),
    [("training-camp", {"measure-1"}), ("side-business", {"hours", "measure-1"})],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_a_case_follows_has_its_picture(case, pictures, lang):
    """The camp's NPS, the side business's hours and its pace of sales are on the page."""
    reported = Report.of(case, runs=50, lang=lang)
    html = reported.runway().html
    assert pictures <= set(reported.figures)
    assert all(f'id="figure-{name}"' in html for name in pictures)
    assert "runway to show" not in html


def test_of_very_many_measures_a_dozen_are_shown(report):
    """A plan that follows forty things has a page that can still be read."""
    many = ", ".join(f"m{n}: {{value: {n}}}" for n in range(40))
    reported = report(f"goal: shop\ncash: 900\nmeasures: {{{many}}}\n{ONE}")
    assert reported.runway().html.count('id="figure-measure-') == 12


def test_a_learners_plan_is_all_theirs(report):
    """A plan without facts says so in a sentence, not in an empty table."""
    html = report(PLANS["one milestone"]).sources().html
    assert "are yours" in html
    assert "<table" not in html


def test_faults_are_reported_without_a_traceback(report):
    """A notebook asks the error itself how it wants to be shown."""
    with pytest.raises(FaultyPlanError) as caught:
        report("goal: nowhere", "zh")
    assert "处错误" in caught.value._render_traceback_()[0]


def test_a_table_escapes_whatever_is_written_in_it():
    """Names, heads and captions are text, never markup."""
    html = table(["<b>", "x"], [["<script>", "&"]], caption="<i>")
    assert "<script>" not in html
    assert "<b>" not in html
    assert "<i>" not in html


@pytest.mark.slow
@pytest.mark.parametrize("case", cases.shipped())
def test_a_report_plays_nothing_twice(case, monkeypatch):
    """One plan with the same options, lives and luck is played once, no matter who asks for it."""
    plays = []
    for engine in (exact, simulate):

        def play(plan, choices, *luck, played=engine.play, name=engine.__name__, **more):
            key = name, plan.model_dump_json(), str(sorted((choices or {}).items()))
            plays.append((*key, luck))
            return played(plan, choices, *luck, **more)

        monkeypatch.setattr(engine, "play", play)
    report = Report.of(case, runs=300)
    for part in PARTS:
        getattr(report, part)()._repr_mimebundle_()
    assert len(plays) > 3
    assert len(plays) == len(set(plays))


EVERY_FIGURE_A_FACT = """\
plan: 1
id: mini
title: {en: The shop, zh: 小店}
goal: b
horizon_weeks: weeks
cash: money
hours_per_week: hours
teams: two
due: [{week: two, amount: money, chance: half}]
facts:
  weeks: {value: 40, unit: weeks, basis: assumed, why: {en: tried, zh: 试试}}
  money: {value: 1000, unit: CNY, basis: assumed, why: {en: tried, zh: 试试}}
  half: {value: 0.5, unit: share, basis: assumed, why: {en: tried, zh: 试试}}
  two: {value: 2, unit: teams, basis: assumed, why: {en: tried, zh: 试试}}
  hours: {value: 6, unit: hours a week, basis: derived, how: two * 3, from: [two]}
milestones:
  - {id: a, name: {en: First, zh: 甲}, weeks: two, pass_rate: half, gives: {reach_per_week: two}}
  - id: b
    name: {en: Second, zh: 乙}
    needs: [a]
    hours: hours
    tests: {belief: half, redesign: {cost: money, gives: {conversion: half}}}
    gives: {funding: {amount: money, chance: half}}
forks:
  - id: gap
    at: {week: two}
    name: {en: The gap, zh: 缺口}
    options: [{id: wait, name: {en: Wait, zh: 等}, burn_per_week: money}]
"""


def test_every_key_of_a_plan_has_a_chinese_name_on_the_page():
    """At every depth of a plan file, each key is reported in Chinese, and not by its bare name."""
    for path in PLACES:
        reported = key_of(path, Words("zh"))
        assert re.search("[\u4e00-\u9fff]", reported), path
        assert not re.search("[A-Za-z_]", reported), path


def test_a_chinese_page_tells_every_figure_in_chinese():
    """Facts without a label stand under the Chinese name of the key that uses them, units too."""
    case = cases.read_text(EVERY_FIGURE_A_FACT)
    assert len({path for path, basis in case.basis.items() if basis.name}) == 18
    reported = re.sub("<[^>]*>", " ", sources_table(case, Words("zh")))
    assert re.findall("[A-Za-z_]+", reported) == []
    assert "每周" in reported


SETTLE = "{id: settle, milestones: {shop: {pass_rate: 0.5, attempts: 1}}}"
SEARCH = f"""\
goal: shop
cash: 400
milestones: [{{id: shop, cost: 100, pass_rate: 0.3}}]
forks: [{{id: settle, at: {{milestone: shop}}, options: [{SETTLE}]}}]
"""


@pytest.mark.parametrize(
    ("lang", "takes", "worth"), [("en", "take “", "worth"), ("zh", "选“", "值")]
)
def test_the_page_of_one_plan_says_what_to_do_when(report, lang, takes, worth):
    """A rule for each decision, and its worth; the page of a batch says where to find them."""
    alone = replace(report(SEARCH, lang), with_policy=True).policy().html
    assert takes in alone
    assert worth in alone
    assert "workbook policy" in report(SEARCH, lang).policy().html
    without = report(PLANS["one milestone"], lang)
    assert without.policy().html == replace(without, with_policy=True).policy().html


def test_only_the_report_of_a_single_plan_searches_rules(tmp_path):
    """A folder, a class list or two plans go without: they are many pages."""
    for sources, alone in ((["a.yaml"], True), (["a.yaml", "b"], False), (["c.csv"], False)):
        assert _is_one_plan(sources) is alone
    assert not _is_one_plan([str(tmp_path)])
