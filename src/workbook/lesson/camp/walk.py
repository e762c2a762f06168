"""What only the camp shows: the climb of the NPS, combinations, early enrolment, the quiet year."""

from __future__ import annotations

from workbook.lesson.camp import views
from workbook.lesson.camp.turns import SMALL
from workbook.lesson.panel import Panel
from workbook.lesson.walk import Lesson


class CampLesson(Lesson):
    """The training camp, opened for a learner."""

    def climb(self) -> Panel:
        """How often, and when, a camp that stays small proves its kernel."""
        return self.open(
            "climb",
            lambda: views.climbing(self.case, self.plays, self.w),
            whose=lambda: SMALL,
        )

    def combinations(self) -> Panel:
        """What it costs and brings to try more in a round."""
        return self.open("combinations", lambda: views.combinations(self.case, self.plays, self.w))

    def expansion(self) -> Panel:
        """What enrolling early does to the camp's name and cash."""
        return self.behind_bet("expansion", lambda: views.expansion(self.case, self.plays, self.w))

    def quiet(self) -> Panel:
        """To sell near cost meanwhile, or nothing at all, on the same luck."""
        return self.behind_bet("quiet", lambda: views.quiet(self.case, self.plays, self.w))
