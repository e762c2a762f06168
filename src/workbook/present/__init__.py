"""From today on: a plan with a log becomes the plan as of today.

`replay` replays the past from the log, and `learning` updates beliefs from its facts; `milestones`
and `rewritten` make the plan from today on, which every engine plays like any other.
"""

from __future__ import annotations

from workbook.present.milestones import learned_rate
from workbook.present.rewritten import Present, present

__all__ = ["Present", "learned_rate", "present"]
