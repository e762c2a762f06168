"""The page's end of the builder, without a browser: orders in, what is shown out."""

from __future__ import annotations

from typing import Any

from workbook.builder import open_builder


class Page:
    """What a page does: it sends orders and reads what comes back."""

    def __init__(self, lang: str = "en", name: str = "my-chain") -> None:
        self.builder = open_builder(lang, name)
        self.n = 0

    def send(self, do: str, **detail: Any) -> Page:
        self.n += 1
        message = {"do": do, "n": self.n, "view": "page", **detail}
        self.builder.hear(self.builder.screen, message, [])
        return self

    @property
    def board(self) -> dict[str, Any]:
        return dict(self.builder.screen.board)

    @property
    def said(self) -> dict[str, Any]:
        return dict(self.board["said"])
