"""Share: the plan on the canvas as a page, slides, a workbook or its file, ready to download."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, Any

from workbook.builder.answers import Answers, settled
from workbook.builder.view import pages
from workbook.builder.view.board import still
from workbook.builder.view.chart_pages import applying
from workbook.builder.view.static import page_html
from workbook.cases import Case
from workbook.cases.plan_book import book_of
from workbook.cases.writing import text_for
from workbook.charts import chain, fates, runway
from workbook.charts.artists import slide
from workbook.charts.layout import Positions
from workbook.charts.picture import picture, sureness
from workbook.charts.text_layout import Bases
from workbook.errors import Message
from workbook.words import Words

if TYPE_CHECKING:
    from workbook.builder.view.controller import Builder

NOTHING = Message("There is nothing to share yet: name the goal first.")
NOT_PLAYED = Message("The runway cannot be drawn: {why}")


class NothingError(Exception):
    """What is asked for cannot be made of this plan; the message says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True)
class Shared:
    """What is shared: the plan in its case, what of it is assumed, the places of its milestones."""

    case: Case
    basis: Bases
    positions: Positions
    words: Words

    @cached_property
    def answers(self) -> Answers:
        """The answer of the plan at rest."""
        return settled(self.case.plan)

    @cached_property
    def leans(self) -> frozenset[str]:
        """The milestones that rest on assumed figures."""
        assumed = [path for path, basis in self.basis.items() if basis.kind == "assumed"]
        return frozenset(path.split(".")[1] for path in assumed if path.startswith("milestones."))


def page_of(shared: Shared) -> bytes:
    """A page that needs nothing else: the chain, its odds, its charts and what the rules ask."""
    w, found = shared.words, shared.answers
    drawn = partial(picture, words=w, basis=shared.basis)
    result = found.outcomes or shared.case.plan
    charts = [drawn(chain, result, positions=shared.positions, assumed=shared.leans)]
    if found.outcomes is not None:
        charts.append(drawn(fates, found.outcomes))
        shown = [chart.result(found.outcomes, w) for chart in applying(found.outcomes).values()]
        charts += [drawn(chart, result) for chart, result in shown]
    title = shared.case.plan.title
    name = w.text(title) or shared.case.id
    lines = pages.answered(found, w)
    said = "".join(
        f"<p>{escape(line)}</p>" for line in (*lines["headline"], lines.get("why")) if line
    )
    review = "".join(map(page_html, pages.reviewed(found, w)))
    return (
        f'<!doctype html><html lang="{w.html_lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(name)}</title><style>{PAGE}</style></head><body><main>"
        f"<h1>{escape(name)}</h1>{said}{''.join(one.html for one in charts)}{review}"
        "</main></body></html>"
    ).encode()


PAGE = (
    ":root{color-scheme:light dark}body{margin:0;font:16px/1.6 system-ui,sans-serif}"
    "main{max-width:44rem;margin:2rem auto;padding:0 1rem}"
    "figure,details{break-inside:avoid;margin:2rem 0}summary{font-weight:600}"
    "@media print{main{margin:0;max-width:none}}"
)


def _chain(shared: Shared, kind: str) -> bytes:
    result = shared.answers.outcomes or shared.case.plan
    return _slide(chain, result, kind, shared, assumed=shared.leans)


def _runway(shared: Shared, kind: str) -> bytes:
    found = shared.answers
    if found.outcomes is None:
        raise NothingError(Message(NOT_PLAYED.template, {"why": found.note or ""}))
    return _slide(runway, found.outcomes, kind, shared)


def _slide(chart: Any, result: Any, kind: str, shared: Shared, **options: Any) -> bytes:
    notes = [line for line in sureness(chart, result, shared.words, shared.basis) if line]
    stream = BytesIO()
    slide(chart, result, shared.words, notes=notes, **options).savefig(stream, format=kind)
    return stream.getvalue()


Make = Callable[[Shared], bytes]
FILES: Mapping[str, tuple[str, str, Make]] = {
    "page": (".html", "text/html", page_of),
    "chain-png": ("-chain.png", "image/png", lambda shared: _chain(shared, "png")),
    "chain-pdf": ("-chain.pdf", "application/pdf", lambda shared: _chain(shared, "pdf")),
    "runway-png": ("-runway.png", "image/png", lambda shared: _runway(shared, "png")),
    "runway-pdf": ("-runway.pdf", "application/pdf", lambda shared: _runway(shared, "pdf")),
    "book": (
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda shared: book_of(shared.case, shared.words.lang),
    ),
    "plan": (".yaml", "text/yaml", lambda shared: text_for(shared.case).encode()),
}
"""By kind: how the file's name ends, its media type, and what makes it."""


class Share:
    """The files of one builder's plan."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._made = 0

    def make(self, kind: str) -> bool:
        """Put a file on the page, which downloads it; say why where it cannot be made."""
        builder = self._builder
        if kind not in FILES:
            return False
        if not builder.state.plan.milestones:
            builder.state.say(NOTHING)
            return False
        ending, media_type, make = FILES[kind]
        try:
            data = make(self._shared())
        except NothingError as error:
            builder.state.say(error.message)
            return False
        self._made += 1
        name = f"{builder.store.file.stem}{ending}"
        text = b64encode(data).decode()
        builder.screen.shared = {"n": self._made, "name": name, "type": media_type, "data": text}
        builder.state.say(Message("Downloaded: {file}", {"file": name}))
        return True

    def _shared(self) -> Shared:
        builder = self._builder
        case, basis = builder.state.case, builder.state.case.basis
        plain = builder.state.plan.model_dump(mode="json")
        kept = {
            path: one
            for path, one in basis.items()
            if path not in (sources := builder.screen.sources) or still(plain, path, sources[path])
        }
        return Shared(case.using(builder.state.plan), kept, builder.version.positions, builder.w)
