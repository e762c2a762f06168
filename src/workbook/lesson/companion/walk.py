"""What only the companion shows: two halves that must meet, what many women teach, two ends."""

from __future__ import annotations

from workbook.lesson.companion import ends, halves, teachers
from workbook.lesson.companion.turns import FORK
from workbook.lesson.panel import Panel
from workbook.lesson.walk import Lesson


class CompanionLesson(Lesson):
    """The companion, opened for a learner."""

    def halves(self) -> Panel:
        """Device and voice, each by itself: how the rounds go on until it is right."""
        return Panel(self.w, lambda: halves.apart(self.case, self.w), alive=False)

    def merge(self) -> Panel:
        """The two together: when both are right, and what the waiting costs."""
        return self.open("merge", lambda: halves.together(self.case, self.w))

    def ends(self) -> Panel:
        """How each way of the fork ends: out of money, or with money and no launch left."""
        return self.behind_bet("ends", lambda: ends.shown(self.plays, FORK, self.w))

    def seed_users(self) -> Panel:
        """The same plan tried out by friends instead of strangers, on the same luck."""
        return self.behind_bet("seed-users", lambda: teachers.shown(self.case, self.plays, self.w))
