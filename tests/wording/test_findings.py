"""What a rule says of several milestones is one sentence that names them all."""

from __future__ import annotations

from hypothesis import given

from examples import examples
from strategies import plans
from workbook.plan import Plan
from workbook.review import review
from workbook.wording.findings import findings_said
from workbook.words import Words

SPEAKERS = (Words("en"), Words("zh"))
BARE = {
    "id": "p",
    "goal": "c",
    "milestones": [
        {"id": "a", "name": "Oven, bought", "pass_rate": 0.5},
        {"id": "b", "name": "Shop", "needs": ["a"], "pass_rate": 0.5},
        {"id": "c", "needs": ["b"], "pass_rate": 0.5, "proof": {"measure": "m", "at_least": 1}},
    ],
}


def test_the_same_of_several_milestones_is_said_once():
    """The sentence about the first, and the names of the others; other rules stay apart."""
    english, chinese = (
        [said for _, said in findings_said(review(Plan(**BARE)), w)] for w in SPEAKERS
    )
    assert english == [
        (
            "“Oven, bought” does not say what would prove it. Write a measure and the level it must"
            " meet. The same holds for “Shop”."
        ),
        (
            "“Oven, bought” can be missed, and the plan does not say what you do then. Decide it"
            " now, while you are calm. The same holds for “Shop” and “c”."
        ),
    ]
    assert [said.rpartition("。“")[2] for said in chinese] == [
        "Shop”也一样。",
        "Shop”和“c”也一样。",
    ]


@given(plans(most=8, teams=2, ranges=True, forks=True, words=True))
@examples(40)
def test_no_finding_is_lost_and_none_is_said_twice(plan):
    """Every finding is the first of a line or named in a line of its rule; no line comes twice."""
    found = review(plan)
    for words in SPEAKERS:
        lines = findings_said(found, words)
        assert len({said for _, said in lines}) == len(lines)
        for finding in found:
            of_rule = [said for first, said in lines if first.rule == finding.rule]
            whole = words.message(finding.message)
            named = words("{name}", name=finding.message.values.get("milestone", ""))
            assert any(said.startswith(whole) or named in said for said in of_rule)
