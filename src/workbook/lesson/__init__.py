"""What notebooks call: a case opened as a lesson, one short call per section.

opening.py       open_case(...) opens a lesson
where.py         where_i_stand(...) shows progress and calibration
walk.py          Lesson: the sections, the bet, and what opens after it
views.py         sections shown before the bet
reveal.py        sections shown after it
panel.py         a view with controls and an error line; a static copy where no kernel runs
bet.py           the bet; guess.py: an interval for a number
exercise.py      exercises that check themselves; kinds/: the kinds of exercise
progress.py      the learner's file; ledger.py: scores computed from it
programme.py     the list of lessons
syllabus.py      what a lesson needs to know of its case; lozenge/ …: what only that case shows
"""

from workbook.lesson.opening import open_case
from workbook.lesson.walk import Lesson
from workbook.lesson.where import where_i_stand

__all__ = ["Lesson", "open_case", "where_i_stand"]
