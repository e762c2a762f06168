"""From today on: a plan with a log becomes the plan as of today.

`replay` replays the past from the log, and `learning` updates beliefs from its facts; `rewritten`
makes the plan from today on, which every engine plays like any other.
"""

from __future__ import annotations

from workbook.present.rewritten import Present, learned_rate, present

__all__ = ["Present", "learned_rate", "present"]
