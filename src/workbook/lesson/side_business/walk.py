"""What only the side business shows: hours, the pace of sales, an hour's worth, the first chore."""

from __future__ import annotations

from workbook.lesson.panel import Panel
from workbook.lesson.side_business import views
from workbook.lesson.side_business.turns import BY_HAND
from workbook.lesson.walk import Lesson


class SideBusinessLesson(Lesson):
    """The side business, opened for a learner."""

    def many(self) -> Panel:
        """A hundred lives, and where the deadline overtakes them."""
        return self.open(
            "many",
            lambda: views.many(self.case, self.plays, self.choices, self.w),
            fork=self.syllabus.fork,
            whose=lambda: self.choices,
        )

    def hours(self) -> Panel:
        """The hours a week that the business takes, begun by hand."""
        return self.open(
            "hours",
            lambda: views.hours(self.case, self.plays, self.w),
            whose=lambda: BY_HAND,
        )

    def pace(self) -> Panel:
        """The pace of sales, on the way of the bet."""
        return self.open(
            "pace",
            lambda: views.pace(self.case, self.plays, self.choices, self.w),
            fork=self.syllabus.fork,
            whose=lambda: self.choices,
        )

    def wage(self) -> Panel:
        """What an hour is worth after each step."""
        return self.open("wage", lambda: views.wage(self.case, self.w), fork=self.syllabus.fork)

    def first_chore(self) -> Panel:
        """Which chore to hand out first."""
        return self.behind_bet(
            "first-chore", lambda: views.first_chore(self.case, self.plays, self.w)
        )

    def too_early(self) -> Panel:
        """What handing out does before the flow is understood."""
        return self.behind_bet("too-early", lambda: views.too_early(self.case, self.plays, self.w))
