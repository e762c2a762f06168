"""What only the lozenge shows: the jump in the share that signs, and a founder with a cheque."""

from __future__ import annotations

from workbook.lesson import reveal
from workbook.lesson.drawn import drawn
from workbook.lesson.lozenge.cheque import played_with_cheque
from workbook.lesson.panel import Panel
from workbook.lesson.plays import fork_of
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
            whose=lambda: self.syllabus.taken,
        )

    def with_cheque(self) -> Panel:
        """The same fork for a founder to whom money is promised; closed until it is answered."""
        return self.behind_answer("booked-cheque", self._with_cheque)

    def _with_cheque(self) -> str:
        from workbook.charts.options import side_by_side

        played = played_with_cheque(self.plays)
        fork = fork_of(self.plays.plan, self.syllabus.fork)
        names = {option.id: self.w.name(option) for option in fork.options}
        ways = side_by_side({names[id]: outcomes for id, outcomes in played.items()})
        return drawn("options", ways, self.case, self.w)
