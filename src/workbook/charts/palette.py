"""The colours by what they stand for, each in a light and a dark form.

Every colour is a token of its own value here, in its light form; a page replaces it by a CSS
variable, so that one SVG serves a light and a dark page. Fates differ by lightness too, so that a
grey print loses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Colour:
    """A colour by what it stands for, as drawn on a light page and on a dark one."""

    light: str
    dark: str


PALETTE: Mapping[str, Colour] = {
    "ink": Colour("#1b2631", "#e8ecf0"),
    "muted": Colour("#5b6773", "#a9b4bf"),
    "line": Colour("#8a97a4", "#7d8a97"),
    "faint": Colour("#dfe4e9", "#333d47"),
    "paper": Colour("#fefefd", "#14191e"),
    "fill": Colour("#f1f5f8", "#1f272f"),
    "band": Colour("#c9dff0", "#1d3f58"),
    "inner": Colour("#8fbfe0", "#2f658c"),
    "accent": Colour("#0b5a8c", "#8ccaf2"),
    "kernel": Colour("#a3480c", "#f2a36b"),
    "third": Colour("#87610f", "#dcb95f"),
    "goal": Colour("#0a4f7d", "#a3d5f7"),
    "ruin": Colour("#c4501b", "#e0672e"),
    "stuck": Colour("#e3a53a", "#8f6a1e"),
    "open": Colour("#d3dae1", "#46515c"),
}


def colour(name: str) -> str:
    """The colour as drawn: its light form, which is also the token that a page replaces."""
    return PALETTE[name].light
