"""What a proof must meet is counted as each language counts."""

import pytest

from workbook.plan import Proof
from workbook.wording.proofs import level_of
from workbook.words import Words


@pytest.mark.parametrize(
    ("proof", "en", "zh"),
    [
        ({"at_least": 24, "of": 30, "unit": "人"}, "at least 24 of 30 人", "30 人里至少 24 人"),
        ({"at_most": 3, "of": 100, "unit": "件"}, "at most 3 of 100 件", "100 件里至多 3 件"),
        ({"at_least": 24, "of": 30}, "at least 24 of 30", "30 里至少 24"),
        ({"at_least": 1500, "unit": "单"}, "at least 1,500 单", "至少 1,500 单"),
        ({}, "", ""),
    ],
)
def test_in_chinese_a_level_out_of_a_number_has_its_measure_word_twice(proof, en, zh):
    """Chinese counts both numbers, English the whole; without a unit only the numbers are left."""
    levels = Proof(measure="x", **proof)
    assert (level_of(levels, Words("en")), level_of(levels, Words("zh"))) == (en, zh)
