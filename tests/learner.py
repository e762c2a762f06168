"""A learner at the other end of a panel: changes and presses as the browser sends them."""

from __future__ import annotations

from typing import Any

from workbook.lesson.panel import Panel


def send(widget: Any, **state: Any) -> None:
    """A change as the browser sends it."""
    data = {"method": "update", "state": state, "buffer_paths": []}
    widget._handle_msg({"content": {"data": data}, "buffers": []})


def press(button: Any) -> None:
    """A press of a button as the browser sends it."""
    data = {"method": "custom", "content": {"event": "click"}}
    button._handle_msg({"content": {"data": data}, "buffers": []})


def html(panel: Panel) -> str:
    """What a panel shows without a kernel, rendered now."""
    panel.refresh()
    return panel.still()
