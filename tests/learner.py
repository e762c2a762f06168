"""A learner at the other end of a panel: changes and presses as the browser sends them."""

from __future__ import annotations

from typing import Any

from workbook.lesson.panel import Panel


def send(widget: Any, **state: Any) -> None:
    """A change as the browser sends it."""
    data = {"method": "update", "state": state, "buffer_paths": []}
    widget._handle_msg({"content": {"data": data}, "buffers": []})


def fill(panel: Any) -> None:
    """Choose the first entry of every list in an exercise that has none chosen yet."""
    for number, asked in enumerate(panel.exercise.fields, start=1):
        if asked.options and not panel.inputs[asked.id].value:
            send(panel.inputs[asked.id], index=min(number, len(asked.options)))


def press(button: Any) -> None:
    """A press of a button as the browser sends it."""
    data = {"method": "custom", "content": {"event": "click"}}
    button._handle_msg({"content": {"data": data}, "buffers": []})


def html(panel: Panel) -> str:
    """What a panel shows without a kernel, rendered now."""
    panel.refresh()
    return panel.still()
