"""What notebooks call: a case opened as a lesson, one short call a section.

open_case(...)   the door         where_i_stand(...)  what was done, and how well the bets did
walk.py          Lesson: the sections, the bet and what lies behind it
views.py         what can be seen before the bet      reveal.py  what only after it
panel.py         controls, a view, a line for what went wrong; a still for when no kernel runs
bet.py           the bet      guess.py   an interval for a number
exercise.py      exercises that check themselves      kinds/  the kinds of them, to be fed with data
progress.py      the learner's file      ledger.py  the sums over it
programme.py     the lessons that there are
syllabus.py      what a lesson needs to know of its case; lozenge/ …: what that case alone shows
"""

from workbook.lesson.door import open_case
from workbook.lesson.walk import Lesson
from workbook.lesson.where import where_i_stand

__all__ = ["Lesson", "open_case", "where_i_stand"]
