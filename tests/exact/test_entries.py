"""Mass kept as entries: many are summed another way than few, and must come to the same."""

from __future__ import annotations

import numpy as np
import pytest

from workbook.exact import coarse
from workbook.exact.coarse import near_quantiles
from workbook.exact.entries import MANY, Entries, added
from workbook.exact.mass import Stay
from workbook.exact.totals import quantiles_by_week
from workbook.outcomes import LEVELS

GRAIN, HORIZON = 7, 104


def scattered(count: int, weeks: int, seed: int) -> Entries:
    """Entries in order, no two alike, in every third week only."""
    rng = np.random.default_rng(seed)
    places = np.sort(rng.choice(count * 3, size=count, replace=False))
    rows, columns = np.divmod(places, -(-count * 3 // weeks))
    return Entries(3 * rows, GRAIN * columns, rng.random(count), GRAIN)


@pytest.mark.parametrize("count", [1, MANY - 1, MANY, 3 * MANY])
def test_sums_by_week_are_those_of_the_entries(count):
    mass = scattered(count, 30, 1)
    reported = [mass.chance[mass.week == week].sum() for week in range(HORIZON + 1)]
    assert mass.by_week(HORIZON) == pytest.approx(reported, abs=1e-9)


@pytest.mark.parametrize("spread", [1, 10**9], ids=["in one array", "sorted"])
def test_parts_in_one_are_in_order_and_merged(spread):
    parts = [scattered(500, 20, seed) for seed in (1, 2, 3)]
    parts.append(parts[0].moved(0, GRAIN * spread))
    whole = Entries.summed(parts, GRAIN)
    reported: dict[tuple[int, int], float] = {}
    for part in parts:
        for week, cash, chance in zip(part.week, part.cash, part.chance, strict=True):
            reported[week, cash] = reported.get((week, cash), 0.0) + chance
    assert list(zip(whole.week, whole.cash, strict=True)) == sorted(reported)
    assert whole.chance == pytest.approx([reported[place] for place in sorted(reported)])


@pytest.mark.parametrize("spread", [1, 10**9], ids=["in one array", "sorted"])
def test_mass_met_at_several_places_is_its_moved_copies_in_one(spread):
    mass, other = scattered(300, 20, 1), scattered(200, 20, 2)
    places = [(2 * nth, -GRAIN * spread * nth) for nth in range(3)]
    stays = [Stay(mass, places), Stay(other)]
    parts = [mass.moved(*place) for place in places]
    assert same(Entries.met(stays, GRAIN), Entries.summed([*parts, other], GRAIN))


@pytest.mark.parametrize("spread", [-1, 1, 10**9], ids=["in one array", "gaining", "sorted"])
def test_rounds_of_different_number_are_reported_one_by_one(spread):
    """Each entry begins as many rounds as its number, and what is left stands after them."""
    mass, left = scattered(300, 20, 1), (1.0, 0.5, 0.2, 0.1)
    number = np.random.default_rng(3).integers(0, 4, size=300)
    moves = [mass.moved(2 * nth, GRAIN * spread * nth).times(left[nth]) for nth in range(4)]
    begun = [moves[nth].where(number > nth) for nth in range(3)]
    over = [moves[nth].where(number == nth) for nth in range(4)]
    reported = mass.in_rounds(number, 2, GRAIN * spread, left)
    assert same(reported, Entries.summed(begun, GRAIN))
    reported = mass.after_rounds(number, 2, GRAIN * spread, left)
    assert same(reported, Entries.summed(over, GRAIN))


@pytest.mark.parametrize("widest", [50, 2**30, 2**60], ids=["few", "in one number", "too wide"])
def test_positions_are_added_once_each_in_the_order_in_which_they_come(widest):
    """However wide apart they are."""
    rng = np.random.default_rng(4)
    places = rng.choice(rng.integers(0, widest, size=400), size=3_000)
    chances = rng.random(3_000)
    reported: dict[int, float] = {}
    for place, chance in zip(places.tolist(), chances.tolist(), strict=True):
        reported[place] = reported.get(place, 0.0) + chance
    found, sums = added(places, chances)
    assert found.tolist() == sorted(reported)
    assert sums == pytest.approx([reported[place] for place in found.tolist()], rel=1e-14)


def same(one: Entries, other: Entries) -> bool:
    places = (one.week == other.week).all() and (one.cash == other.cash).all()
    return bool(places) and one.chance == pytest.approx(other.chance)


def test_the_largest_floor_whose_sum_is_allowed_is_let_go():
    chance = np.array([0.5, 3e-15, 4e-13, 2e-9, 0.4])
    mass = Entries(np.arange(5), np.zeros(5, dtype=np.int64), chance, GRAIN)
    rest, gone = mass.without_small(1e-15, 1e-12)
    assert gone == pytest.approx(4.03e-13)
    assert list(rest.week) == [0, 3, 4]
    assert mass.without_small(1e-15, 1e-16) == (mass, 0.0)


@pytest.mark.parametrize("spread", [1, 40, 10**7], ids=["narrow", "wide", "far apart"])
@pytest.mark.parametrize("equal", [False, True], ids=["any shares", "shares that meet the levels"])
def test_bands_counted_in_cells_are_those_of_all_entries(monkeypatch, spread, equal):
    """Half the time, and not one amount differs: also where a share is a level to the last bit."""
    monkeypatch.setattr(coarse, "MANY", 0)
    masses = [scattered(4_000, 20, seed) for seed in (1, 2)]
    if equal:
        masses = [Entries(m.week, m.cash, np.full(4_000, 1 / 4_000), GRAIN) for m in masses]
    stays = [Stay(masses[0], [(0, 0), (1, GRAIN * spread)]), Stay(masses[1])]
    near = near_quantiles(stays, GRAIN, LEVELS)
    whole = Entries.met(stays, GRAIN)
    assert near.total() == pytest.approx(whole.total())
    assert near.by_week(HORIZON) == pytest.approx(whole.by_week(HORIZON))
    expected, found = (quantiles_by_week(m.week, m.cash, m.chance, HORIZON) for m in (whole, near))
    np.testing.assert_array_equal(found, expected)
    assert len(near.chance) <= len(whole.chance)
