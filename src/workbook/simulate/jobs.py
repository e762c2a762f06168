"""The jobs of all paths: what each team is working on, and until when."""

from __future__ import annotations

import numpy as np

from workbook.outcomes import Ints
from workbook.simulate.lasting import Lasting
from workbook.simulate.tables import NONE


class Jobs(Lasting):
    """Jobs by path and team: `ends` is the week a job ends, 0 for no job; `job` its milestone.

    `mends` is the hypothesis that a redesign puts right. `busy`, by path, is how many teams work.
    """

    ends: Ints
    job: Ints
    mends: Ints
    busy: Ints

    def begin_jobs(self) -> None:
        """Begin without a job."""
        self.busy = np.zeros(self.size, dtype=np.int64)
        self.ends = np.zeros((self.size, 1), dtype=np.int64)
        self.job = np.zeros((self.size, 1), dtype=np.int64)
        self.mends = np.full((self.size, 1), NONE, dtype=np.int64)
        self.widen(int(self.variants.teams[0]))

    def widen(self, teams: int) -> None:
        """Enlarge the arrays for this many parallel jobs."""
        more = min(teams, self.columns) - self.ends.shape[1]
        if more > 0:
            wider = ((0, 0), (0, more))
            self.ends = self.keep("ends", np.pad(self.ends, wider))
            self.job = self.keep("job", np.pad(self.job, wider))
            self.mends = self.keep("mends", np.pad(self.mends, wider, constant_values=NONE))

    def job_at(self, lives: Ints, slots: Ints | int) -> Ints:
        """Return the positions of these teams in the flattened arrays by run and team."""
        return np.asarray(lives * self.ends.shape[1] + slots)

    def ending(self) -> tuple[Ints, Ints]:
        """Return the runs and teams whose jobs end this week."""
        teams = self.ends.shape[1]
        if teams == 1:
            lives = ((self.ends[:, 0] == self.now) & (self.busy > 0)).nonzero()[0]
            return lives, np.zeros_like(lives)
        lives, slots = ((self.ends == self.now[:, None]) & (self.busy > 0)[:, None]).nonzero()
        some = self.ends.ravel()[self.job_at(lives, slots)] > 0
        return lives[some], slots[some]

    def free_team(self, lives: Ints) -> Ints | int:
        """Return the first team of each of these runs that has no job; each has one."""
        if self.ends.shape[1] == 1:
            return 0
        return np.asarray((self.ends.take(lives, axis=0) == 0).argmax(axis=1))

    def free(self, lives: Ints, slots: Ints | int) -> None:
        """Take jobs off their teams; the caller decides what happens to the milestones."""
        at = self.job_at(lives, slots)
        self.ends.ravel()[at] = 0
        self.mends.ravel()[at] = NONE
        np.subtract.at(self.busy, lives, 1)  # there may be several of one run

    def break_off(self, lives: Ints, slots: Ints | int) -> None:
        """Free teams of abandoned work; the attempts still count."""
        if len(lives):
            at = self.job_at(lives, slots)
            attempt = (self.mends.ravel()[at] == NONE).nonzero()[0]
            columns = self.job.ravel()[at[attempt]]
            self.tries.ravel()[self.place(lives[attempt], columns)] += 1
            self.free(lives, slots)
