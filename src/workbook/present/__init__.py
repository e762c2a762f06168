"""From here on: a plan with a log, as the plan of the founder who stands there today.

`replay` lives the past again by the log, with what `learning` makes of its facts; `rewritten` is
the plan from today on, which every engine plays as any other.
"""

from __future__ import annotations

from workbook.present.rewritten import Present, learned_rate, present

__all__ = ["Present", "learned_rate", "present"]
