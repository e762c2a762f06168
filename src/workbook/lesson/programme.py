"""The lessons, in the order in which they are taught."""

from __future__ import annotations

from functools import cache

from workbook import cases
from workbook.lesson import camp, companion, lozenge, side_business, start
from workbook.lesson.sections import Lesson
from workbook.lesson.syllabus import Syllabus

LESSONS: dict[str, tuple[type[Lesson], Syllabus]] = {
    "tea-stall": (start.StartLesson, start.SYLLABUS),
    "caffeine-lozenge": (lozenge.LozengeLesson, lozenge.SYLLABUS),
    "training-camp": (camp.CampLesson, camp.SYLLABUS),
    "ai-companion": (companion.CompanionLesson, companion.SYLLABUS),
    "side-business": (side_business.SideBusinessLesson, side_business.SYLLABUS),
}


@cache
def case_of(id: str) -> cases.Case:
    """Return the case of a lesson: a shipped one, or the lesson's own.

    Cached, because the progress panel needs it once per bet.
    """
    _, syllabus = LESSONS[id]
    return syllabus.load() if syllabus.load else cases.load(id)
