"""What only the lozenge shows: the jump in the share of channels that sign."""

from __future__ import annotations

from workbook.lesson import reveal
from workbook.lesson.panel import Panel
from workbook.lesson.walk import Lesson

KERNEL = "taste"


class LozengeLesson(Lesson):
    """The lozenge, opened for a learner."""

    def conversion(self) -> Panel:
        """The jump in conversion, and the milestone it hangs on."""
        return self.behind_bet(
            "conversion",
            lambda: reveal.conversion(
                self.case, self.plays.play(self.syllabus.taken), KERNEL, self.w
            ),
        )
