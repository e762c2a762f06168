"""What the pictures promise: no need of colour, no figure of their own, nothing hidden."""

import re
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from pictured import lozenge, marks, outcomes, texts
from workbook import whatif
from workbook.cases import Basis, Fact, load
from workbook.charts import (
    chain,
    conversion,
    crossing,
    fates,
    measure,
    options,
    runway,
    text_layout,
)
from workbook.charts.band import Band, frame_of
from workbook.charts.description import PALETTE, SIGNS, SMALL, Dots, Line, Scale
from workbook.charts.layout import positions_of, route, wrap_columns
from workbook.charts.picture import picture
from workbook.charts.text_layout import ems, how_found, marked
from workbook.outcomes import FATES, LEVELS
from workbook.plan import Gives, Milestone, Plan
from workbook.play import play
from workbook.words import Words
from workbook.words.figures import of_a_hundred, rounded_shares

EN, ZH = Words("en"), Words("zh")
CJK_AND_LATIN = st.text(st.sampled_from("里程碑口味好，。（）abcdefghij WXYZ -"), min_size=1)


BLINDNESS = {
    "protan": ((0.1124, 0.8876, 0.0), (0.1124, 0.8876, 0.0), (0.0040, -0.0040, 1.0)),
    "deutan": ((0.2920, 0.7080, 0.0), (0.2920, 0.7080, 0.0), (-0.0223, 0.0223, 1.0)),
}
"""Viénot, Brettel and Mollon (1999): what who lacks red or green cones sees, in linear sRGB."""

XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))


def linear(shade: str):
    parts = [int(shade[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def lab(shade: str, blindness: str):
    """A colour as a colour-blind reader sees it, in CIE L*a*b*."""
    seen = np.clip(np.array(BLINDNESS[blindness]) @ linear(shade), 0, 1)
    shares = np.array(XYZ) @ seen / (0.9505, 1.0, 1.089)
    roots = np.where(shares > 0.008856, np.cbrt(shares), 7.787 * shares + 16 / 116)
    return np.array([116 * roots[1] - 16, *(500, 200) * -np.diff(roots)])


def luminance(shade: str) -> float:
    """How light a colour is on a grey print, 0..1 (CIE lightness)."""
    y = float(np.dot(linear(shade), (0.2126, 0.7152, 0.0722)))
    return (116 * y ** (1 / 3) - 16) / 100 if y > 0.008856 else 9.033 * y


@pytest.mark.parametrize("page", ["light", "dark"])
def test_fates_are_distinguished_on_a_grey_print(page):
    """Any two fates differ by a tenth of the way from black to white at least."""
    shades = sorted(luminance(getattr(PALETTE[fate], page)) for fate in FATES)
    assert min(np.diff(shades)) > 0.1


@pytest.mark.parametrize("page", ["light", "dark"])
@pytest.mark.parametrize("blindness", BLINDNESS)
@pytest.mark.parametrize("names", [FATES, ("accent", "ruin", "ink")], ids=["fates", "lines"])
def test_colours_are_distinguished_by_colour_blind_readers(page, blindness, names):
    """Fates, and the first lines of a chart, stay far apart (ΔE 15) without red or green cones."""
    seen = [lab(getattr(PALETTE[name], page), blindness) for name in names]
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) > 15


def test_fates_are_distinguished_by_shape():
    """Without any colour the marks still differ."""
    assert len({(look.sign, look.hollow) for look in SIGNS.values()}) == len(FATES)


@pytest.mark.parametrize("page", ["light", "dark"])
@pytest.mark.parametrize("ink", ["ink", "muted", "accent", "goal", "ruin", "kernel", "third"])
def test_text_stands_out_from_its_page(page, ink):
    """Words on the page keep the contrast that WCAG asks for (4.5 : 1)."""

    def relative(shade):
        lightness = luminance(shade)
        return ((lightness * 100 + 16) / 116) ** 3 if lightness > 0.08 else lightness / 9.033

    pair = [relative(getattr(PALETTE[name], page)) for name in (ink, "paper")]
    assert (max(pair) + 0.05) / (min(pair) + 0.05) >= 4.5


@given(st.lists(st.floats(0, 1), min_size=4, max_size=4).filter(lambda s: sum(s) > 0.01))
def test_a_hundred_dots_are_a_hundred(shares):
    """However the shares fall, the dots add up to 100 and none is off by a whole dot."""
    total = sum(shares)
    exact = [share / total for share in shares]
    dots = rounded_shares(exact)
    assert sum(dots) == 100
    assert all(abs(dot - 100 * share) < 1 + 1e-9 for dot, share in zip(dots, exact, strict=True))


def test_the_fates_picture_draws_the_dots_it_counts():
    """As many marks of each fate are in the grid as the label says."""
    played = outcomes(lozenge())
    grid = [len(dots.xs) for dots in marks(fates, played, EN, Dots, named=False)]
    assert sorted(grid) == sorted(n for n in of_a_hundred(played.fates).values() if n)
    written = texts(fates, played, EN)
    assert {str(n) for n in of_a_hundred(played.fates).values() if n} <= set(written)


def test_the_runway_marks_only_what_half_of_all_lives_reach():
    """A milestone that fewer than half reach has no mark: nobody who failed is left out."""
    played = outcomes(lozenge())
    half = {id for _, id in runway.half_reached(played)}
    assert half == {id for id, m in played.milestones.items() if m.weeks[0.5] is not None}
    assert half < set(played.milestones)


@st.composite
def chains(draw):
    """Any chain: up to 30 milestones, each needing some of those before it."""
    count = draw(st.integers(1, 30))
    milestones = []
    for n in range(count):
        needs = draw(st.sets(st.integers(0, n - 1), max_size=3)) if n else set()
        milestones.append(Milestone(id=f"m{n}", needs=tuple(f"m{k}" for k in sorted(needs))))
    return Plan(id="any", goal=f"m{count - 1}", milestones=tuple(milestones))


@examples(60)
@given(chains())
def test_no_edge_runs_through_a_milestone(plan):
    """Every edge keeps to the free ground between the boxes."""
    grid = wrap_columns(positions_of(plan), 5)
    drawn = chain.Drawing(plan, {}, grid, EN, {}, ())
    boxes = {id: drawn.centre(place) for id, place in grid.cells.items()}
    size = (chain.BOX_WIDTH / 2, chain.PITCH, chain.LANE)
    for milestone in plan.milestones:
        for n, need in enumerate(milestone.needs):
            ends = (grid.cells[need], grid.cells[milestone.id])
            stops = route(boxes[need], boxes[milestone.id], ends, size, n)
            for a, b in pairwise(stops):
                for x, y in boxes.values():
                    wide, high = chain.BOX_WIDTH / 2 - 1e-6, chain.BOX_HEIGHT / 2
                    beside = max(a[0], b[0]) <= x - wide or min(a[0], b[0]) >= x + wide
                    assert beside or max(a[1], b[1]) < y - high or min(a[1], b[1]) > y + high


@examples(60)
@given(chains())
def test_every_milestone_has_a_place_of_its_own(plan):
    """No two boxes stand on each other, and the later one never stands before what it needs."""
    found = wrap_columns(positions_of(plan), 5).cells
    assert len(set(found.values())) == len(plan.milestones)
    for milestone in plan.milestones:
        here = found[milestone.id]
        for need in milestone.needs:
            assert (found[need].row, found[need].column) < (here.row, here.column)


@given(CJK_AND_LATIN, st.integers(4, 20), st.integers(1, 3))
def test_wrapped_text_keeps_to_its_width(text, width, lines):
    """Long names fold at spaces or between Chinese characters, and what is cut off shows."""
    rows = text_layout.wrap(text, width, lines).split("\n")
    assert len(rows) <= lines
    assert all(text_layout.ems(row) <= width for row in rows)
    whole = "".join("".join(rows).split())
    assert whole == "".join(text.split()) or whole.endswith(("…", "..."))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_labels_moved_apart_keep_their_order_and_distance(heights):
    """Labels never cover each other, and none is off the picture where all have room."""
    placed = text_layout.spread_apart(heights, 0.1, 0.0, 1.0)
    assert all(-1e-9 <= height <= 1 + 1e-9 for height in placed)
    assert min(np.diff(sorted(placed)), default=1) >= 0.1 - 1e-9
    order = np.argsort(heights, kind="stable")
    assert list(np.argsort(placed, kind="stable")) == list(order)


def test_only_what_is_assumed_carries_the_mark():
    """◇ is next to every assumed figure and no other."""
    basis = {"cash": Basis("assumed", "c", Fact(basis="assumed")), "teams": Basis()}
    assert marked("cash", basis, "cash") == "cash ◇"
    assert marked("teams", basis, "teams") == "teams"
    assert marked("burn", basis, "cas") == "burn"
    assert marked("cash", None, "cash") == "cash"


def test_the_stated_jump_names_its_claim():
    """From 7% to 95%, both stated, and the picture says where."""
    case = load("caffeine-lozenge")
    assert conversion.title(case.plan, EN) == "“It tastes good” takes the conversion from 7% to 95%"
    assert {"7%  L15", "95%  L15"} <= set(texts(conversion, case.plan, EN, basis=case.basis))
    drawn = picture(conversion, case.plan, EN, basis=case.basis)
    assert drawn.notes == ("L15: stated in the lecture",)


def slight(before, after):
    """The lozenge's chain with two conversions of one's own."""
    plan = lozenge()
    milestones = tuple(
        m.model_copy(update={"gives": Gives(conversion=after) if m.id == "m7" else None})
        for m in plan.milestones
    )
    sales = plan.sales.model_copy(update={"conversion": before})
    return plan.model_copy(update={"milestones": milestones, "sales": sales})


@pytest.mark.parametrize(
    ("before", "after", "end", "marks"),
    [
        (0.01, 0.04, 0.05, ["0%", "1%", "2%", "3%", "4%", "5%"]),
        (0.04, 0.01, 0.05, ["0%", "1%", "2%", "3%", "4%", "5%"]),
        (0.001, 0.003, 0.005, ["0%", "0.1%", "0.2%", "0.3%", "0.4%", "0.5%"]),
        (0.05, 0.24, 0.25, ["0%", "5%", "10%", "15%", "20%", "25%"]),
        (0.05, 0.25, 1.0, ["0%", "25%", "50%", "75%", "100%"]),
        (0.0, 0.0, 1.0, ["0%", "25%", "50%", "75%", "100%"]),
    ],
)
def test_small_conversions_are_seen_on_a_scale_of_their_own(before, after, end, marks):
    """From 1% to 4% goes over half of the picture; marks and alt text say how far it goes."""
    plan = slight(before, after)
    panel = conversion.describe(plan, EN).panels[0]
    assert (panel.x.low, panel.x.high) == (0, pytest.approx(end))
    assert [reported for _, reported in panel.x.ticks] == marks
    reported = f"The scale ends at {marks[-1]}." in conversion.alt(plan, EN)
    assert reported is (end < 1)


def test_a_picture_says_how_it_was_found():
    """Simulated with its error, or exact."""
    assert how_found(outcomes(lozenge()), EN) == "simulated: 10,000 lives, ±1.0 points"


def test_options_call_no_winner_that_noise_could_explain():
    """Two options as good as each other are too close to call, in the title and in the row."""
    same = options.side_by_side({"A": outcomes(lozenge()), "B": outcomes(lozenge())})
    assert options.title(same, EN) == "“A” and “B” are too close to call"
    worse = outcomes(lozenge(), (0.2, 0.6, 0.1, 0.1))
    clear = options.side_by_side({"B": worse, "A": outcomes(lozenge())})
    assert options.title(clear, EN) == "“A” does best: 42% of lives reach the goal"
    assert options.gap_label(clear[1], EN) == "−22 points"


def test_options_that_end_alike_are_none_the_best():
    """Three ways with no gap at all: the row says so beside each of them."""
    same = outcomes(lozenge())
    ways = options.side_by_side({"a": same, "b": same, "c": same})
    assert options.gap_labels(ways, EN) == ["too close to call"] * 3


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ((0, 0, 0, 1), "Not one of 100 lives reaches the goal; all of them run out of money"),
        ((0.97, 0.03, 0, 0), "97 of 100 lives reach the goal; the others are still under way at"),
        (
            (0.01, 0, 0.59, 0.4),
            "1 of 100 lives reaches the goal; most of the others get stuck",
        ),
        ((1, 0, 0, 0), "100 of 100 lives reach the goal"),
    ],
)
def test_the_others_are_reported_as_they_are(shares, said):
    """All of them, most of them, or none: the title says which."""
    fates_of = dict(zip(("goal", "open", "stuck", "ruin"), map(float, shares), strict=True))
    played = replace(outcomes(lozenge()), fates=fates_of)
    assert fates.title(played, EN).startswith(said)
    assert "time is over" not in fates.alt(played, EN)


def test_one_milestone_changes_and_two_change():
    """The alternative text counts in English."""
    assert "Of 10 milestones 1 changes it" in conversion.alt(load("caffeine-lozenge").plan, EN)
    assert "Of 12 milestones 2 change it" in conversion.alt(lozenge(), EN)


def test_options_nearly_as_good_share_the_first_place():
    """A lead of two points names no best: all within it are in the title, none is the best."""
    good, nearly = outcomes(lozenge()), outcomes(lozenge(), (0.4, 0.4, 0.1, 0.1))
    worse = outcomes(lozenge(), (0.2, 0.6, 0.1, 0.1))
    ways = options.side_by_side({"A": good, "B": nearly, "C": nearly, "D": worse})
    assert options.title(ways, EN) == "“A”, “B” and “C” are too close to call"
    reported = options.gap_labels(ways, EN)
    assert reported == ["too close to call"] * 3 + ["−22 points"]


def test_crossing_names_those_who_share_the_lead():
    """Two of three level are named; the third is behind, and "too close to call" would hide it."""
    goal = {"a": (0.3, 0.4), "b": (0.3, 0.4), "c": (0.1, 0.4)}
    names = {"a": "A", "b": "B", "c": "C"}
    swept = Swept((1, 2), goal, (None, None))
    sides = crossing.Crossing(swept, names, "cash", str, (("b", "a"), ("a", "b", "c")))
    assert "“A” and “B” level from 1; too close to call from 2" in crossing.title(sides, EN)
    ahead = [row[-1] for row in crossing.table(sides, EN)[1:]]
    assert ahead == ["“A” and “B”", "too close to call"]


def test_a_title_of_many_zones_names_the_leaders_and_the_alt_text_all():
    """Five zones would make five lines: those without a leader are reported together."""
    goal = {"a": (0.3, 0.3, 0.4, 0.4, 0.4), "b": (0.3, 0.3, 0.3, 0.4, 0.5)}
    lead = (None, None, "a", None, "b")
    fronts = (("a", "b", "c"), ("a", "b"), ("a",), ("b", "c"), ("b",))
    goal["c"], names = (0.3, 0.1, 0.2, 0.4, 0.1), {"a": "A", "b": "B", "c": "C"}
    sides = crossing.Crossing(Swept((1, 2, 3, 4, 5), goal, lead), names, "cash", str, fronts)
    reported = "too close to call from 1; “A” from 3; too close to call from 4; “B” from 5"
    assert crossing.title(sides, EN).endswith(reported)
    assert "“A” and “B” level from 2; “A” from 3" in crossing.alt(sides, EN)


def test_a_narrow_zone_without_a_leader_is_named_whole():
    """Where the words find no room a shorter word does, and at last a sign; never half a word."""
    sides = crossing.Crossing(Swept((1, 2), {"a": (0.1, 0.2)}, (None, None)), {"a": "A"}, "", str)
    reported = [crossing._label(sides, None, room, EN) for room in (20, 4, 0.5)]
    assert reported == ["too close to call", "level", "≈"]


@dataclass(frozen=True)
class Swept:
    """A sweep made by hand."""

    values: tuple[float, ...]
    goal: dict[str, tuple[float, ...]]
    lead: tuple[str | None, ...]

    def winner(self, position):
        return self.lead[position]


def test_crossing_names_the_zones_of_the_lead():
    """Where the lead changes is said; where nobody clearly leads, nobody is named."""
    goal = {"a": (0.3, 0.4, 0.5), "b": (0.1, 0.4, 0.8)}

    def crossed(*lead):
        return crossing.Crossing(Swept((1, 2, 3), goal, lead), {"a": "A", "b": "B"}, "cash", str)

    said = crossing.title(crossed("a", None, "b"), EN)
    assert "“A” from 1; too close to call from 2; “B” from 3" in said
    assert crossing.title(crossed("a", "a", "a"), EN) == "“A” is ahead over the whole range of cash"
    assert crossing.title(crossed(None, None, None), EN).startswith("Over this range of cash")


def test_crossings_draw_as_they_come():
    """The crossings of the what-ifs need no other form to be drawn."""
    plan = load("caffeine-lozenge").plan
    variants = whatif.options_of(plan, "cash-gap")
    found = whatif.crossings(plan, variants, "cash", [500_000, 900_000], runs=200)
    names = {id: id for id in variants}
    drawn = picture(crossing, crossing.Crossing(found, names, "cash", str), EN)
    assert len(drawn.rows) == 3


@pytest.mark.parametrize("week", [0, 20])
def test_a_logged_plan_shows_where_today_is(week):
    """Left of today is fact; a plan that has not begun has no such line."""
    played = replace(outcomes(lozenge()), from_week=week)
    assert ("today" in texts(runway, played, EN)) is bool(week)


def followed(reached: float, aim: float | None = None) -> measure.Followed:
    """A figure that goes from 40 to 85 in week 50, over lives of which so many never end."""
    played = outcomes(lozenge(), (0.0, 1 - reached, 0.0, reached))
    band = np.tile(np.where(played.weekly.weeks < 50, 40.0, 85.0), (len(LEVELS), 1))
    line = measure.Aim(aim, "the level") if aim is not None else None
    return measure.Followed(played, band, "NPS", "points", aim=line)


def test_a_measure_speaks_of_a_middle_life_only_while_enough_are_under_way():
    """The title takes the last week with a quarter of all lives in it, not the last of all."""
    assert "85 points in week 104" in measure.title(followed(reached=0.6), EN)
    few = measure.title(followed(reached=0.01), EN)
    week = int(re.search(r"week (\d+)", few).group(1))
    assert 50 < week < 80
    assert "under way" in measure.alt(followed(reached=0.01), EN)


def test_a_measure_shows_what_it_is_aimed_at_even_out_of_reach():
    """The scale goes up to the aim, so that a shortfall is seen as one."""
    assert measure.describe(followed(reached=0.6, aim=200), EN).panels[0].y.high > 200
    assert measure.describe(followed(reached=0.6), EN).panels[0].y.high < 100


@pytest.mark.parametrize("factor", [1e-4, 1e9, -1.0])
def test_a_measure_of_any_size_fills_its_scale(factor):
    """A share of a thousandth, a billion, a figure below nothing: the band is not a flat line."""
    shown = followed(reached=0.6)
    band = shown.band * factor
    scale = measure.describe(replace(shown, band=band), EN).panels[0].y
    low, high = scale.low, scale.high
    assert low <= band.min() < band.max() <= high
    assert max(0, band.max()) - min(0, band.min()) > 0.8 * (high - low)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_first_month_is_not_cut_off(lang):
    """Where the figures at the left are short, the month below week 0 has room all the same."""
    played, words = play(load("gym").plan, runs=200), Words(lang)
    shown = Band(played, np.zeros((len(LEVELS), len(played.weekly.weeks))), "", str)
    at = frame_of(shown, Scale(0, 1, ((0, "0"), (1, "1"))), words, 400)
    assert at.left > ems(words.week_and_month(0, played.plan.starts)) * SMALL / 2


def test_a_median_that_leaps_is_no_line_and_that_is_said():
    """Where lives of two kinds end in turn only the band is drawn; elsewhere its middle is, too."""
    words = Words("en")
    for case, leaps in (("shop", True), ("ai-companion", False)):
        played = play(load(case).plan)
        lines = [mark for mark in marks(runway, played, words, Line) if mark.width == 1.8]
        assert len(lines) == (0 if leaps else 1), case
        drawn = picture(runway, played, words)
        assert any("No middle life is drawn" in note for note in drawn.notes) == leaps
        assert ("the middle life" in texts(runway, played, words)) != leaps
