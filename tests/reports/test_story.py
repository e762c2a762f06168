"""A case's page tells its story; a plan without one loses nothing."""

from workbook import cases
from workbook.reports.contents import happened, situation
from workbook.words import Words


def test_the_page_of_a_case_tells_its_situation_and_its_end():
    """Situation and question before the odds; each step of the end with its claims."""
    case = cases.load("caffeine-lozenge")
    assert "two hundred flavours" in situation(case, Words("en"))
    assert "借钱" in situation(case, Words("zh"))
    reported = happened(case, Words("en"))
    assert reported.count("<li>") == len(case.happened)
    assert "L15" in reported


def test_a_plan_without_a_story_tells_none():
    """No empty headings."""
    case = cases.read_text("plan: 1\nid: a\ngoal: a\nmilestones: [{id: a}]\n")
    assert situation(case, Words("en")) == happened(case, Words("en")) == ""


def test_a_story_is_inert():
    """What a user writes into it is text."""
    text = "plan: 1\nid: a\ngoal: a\nsituation: <script>x</script>\nmilestones: [{id: a}]\n"
    assert "<script>" not in situation(cases.read_text(text), Words("en"))
