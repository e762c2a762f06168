"""The whole form of the inspector, spoken in one language."""

from __future__ import annotations

from typing import Any

from workbook.builder.view.milestone_form import MILESTONE
from workbook.builder.view.resources_form import RESOURCES
from workbook.words import Words


def form(w: Words) -> dict[str, Any]:
    """The whole form as the page reads it."""
    return {
        "milestone": [group.spoken(w) for group in MILESTONE],
        "resources": [group.spoken(w) for group in RESOURCES],
    }
