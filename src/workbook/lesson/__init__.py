"""What notebooks call: a case opened as a lesson, one short call per section.

opening.py      open_case(...) opens a lesson; check_parameters(...) where none is opened
programme.py    the list of lessons; where_i_stand(...) shows progress and calibration
sections.py     Lesson: one method per section; gated.py: what opens after a bet
afterwards.py   what is said of a result below it
views.py        sections shown before the bet; reveal.py: sections shown after it
panel.py        a view with controls and an error line; a static copy where no kernel runs
contents.py     what can be taken out of a panel
markup.py       pieces of HTML, and the charts of a panel
bet.py          the bet, and the interval guessed for a number
comparisons.py  the simulations of a lesson, each made once
progress.py     the learner's file; records.py: one lesson's part of it, and scores
syllabus.py     what a lesson needs to know of its case; exercises that check themselves
kinds/          the kinds of exercise
hands.py        exercises for readers who compute with the frames themselves
lozenge.py …    what only that case shows
"""

from workbook.lesson.hands import own_hands
from workbook.lesson.opening import check_parameters, open_case
from workbook.lesson.programme import where_i_stand
from workbook.lesson.sections import Lesson

__all__ = ["Lesson", "check_parameters", "open_case", "own_hands", "where_i_stand"]
