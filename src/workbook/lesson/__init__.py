"""What notebooks call: a case opened as a lesson, one short call per section.

opening.py       open_case(...) opens a lesson
overview.py      where_i_stand(...) shows progress and calibration
sections.py      Lesson: one method per section; gated.py: what opens after a bet
views.py         sections shown before the bet
reveal.py        sections shown after it
panel.py         a view with controls and an error line; a static copy where no kernel runs
shown.py         the charts of a panel, for figures and tables of one's own
bet.py           the bet; guess.py: an interval for a number
exercise.py      exercises that check themselves; kinds/: the kinds of exercise
progress.py      the learner's file; records.py: one lesson's part of it
calibration.py   scores of bets and intervals
programme.py     the list of lessons
syllabus.py      what a lesson needs to know of its case; lozenge/ …: what only that case shows
"""

from workbook.lesson.opening import open_case
from workbook.lesson.overview import where_i_stand
from workbook.lesson.sections import Lesson

__all__ = ["Lesson", "open_case", "where_i_stand"]
