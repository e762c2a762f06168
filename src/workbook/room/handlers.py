"""What each address of the room answers.

For notebooks: `follow`, `hand-in` and `wall.json`, with the code word in a header. For browsers:
the page of participants, the wall, and the desk, which needs its key and, without a proxy in
between, this very machine. No answer has a script, and none may be framed, kept or sniffed.
"""

from __future__ import annotations

from asyncio import get_running_loop
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError
from tornado.log import app_log
from tornado.web import HTTPError, RequestHandler

from workbook.room import pages
from workbook.room.limits import is_here
from workbook.room.room import RefusedError, Room
from workbook.workshop.collect import DATA, DESK, WALL
from workbook.workshop.link import CODE_HEADER, MOST_SIGHTING, REFUSALS, RoomStep, Sighting

CODE_COOKIE, DESK_COOKIE = "room_code", "room_desk"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Server": "workbook",
}
Found = TypeVar("Found")


@dataclass(frozen=True)
class Site:
    """What the handlers share.

    Attributes
    ----------
    address
        As participants type it, ending in a slash.
    port
        At which the server listens.
    base
        The path below which the room answers, with a slash at both ends.
    proxied
        Whether there is a proxy in between, so that every request seems to come from elsewhere.
    writer
        Does what writes files, one thing after another.
    """

    room: Room
    address: str
    port: int
    base: str
    proxied: bool
    writer: ThreadPoolExecutor

    async def write(self, work: Callable[..., Found], *values: Any) -> Found:
        """Run work that writes files, and wait for it without keeping others waiting."""
        return await get_running_loop().run_in_executor(self.writer, work, *values)


class Answering(RequestHandler):
    """What all addresses have in common."""

    def initialize(self, site: Site) -> None:
        """Take the room."""
        self.site, self.room = site, site.room

    def set_default_headers(self) -> None:
        """Send the same headers with everything."""
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def write_error(self, status_code: int, **_: Any) -> None:
        """Answer in words, never with a traceback."""
        self.finish(pages.refused_page(status_code, self.room.w))

    def log_exception(self, kind: Any, error: Any, traceback: Any) -> None:
        """Log a fault of our own, without who asked for what; a wrong request is not logged."""
        if not isinstance(error, HTTPError):
            app_log.error("the room could not answer", exc_info=(kind, error, traceback))

    def knows(self, typed: str) -> bool:
        """Whether the code word is right; HTTPError 429 if too many were wrong."""
        address = self.request.remote_ip or ""
        if not self.room.tries.may_try(address):
            raise HTTPError(429)
        if self.room.state.knows(typed):
            return True
        if typed:
            self.room.tries.was_wrong(address)
        return False

    def remember(self, cookie: str, value: str, same_site: str) -> None:
        """Set a cookie that no script reads, for this room only."""
        self.set_cookie(cookie, value, path=self.site.base, httponly=True, samesite=same_site)

    @property
    def at_desk(self) -> bool:
        """Whether the desk's own browser asks."""
        here = self.site.proxied or is_here(self.request.remote_ip or "")
        return here and self.room.state.opens_desk(self.get_cookie(DESK_COOKIE) or "")

    def page_file(self, name: str) -> bytes:
        """Return a page that the last collection wrote; HTTPError 404 before there is one."""
        try:
            return (self.room.out / name).read_bytes()
        except OSError:
            raise HTTPError(404) from None


class ForNotebooks(Answering):
    """The addresses that notebooks ask: JSON, and a status for each refusal."""

    def prepare(self) -> None:
        """Ask for the code word first."""
        if not self.knows(self.request.headers.get(CODE_HEADER, "")):
            raise HTTPError(403)

    def write_error(self, status_code: int, **_: Any) -> None:
        """Answer with the status, and its sentence in the room's language."""
        self.finish({"why": self.room.w(REFUSALS.get(status_code, REFUSALS[404]))})


class Follow(ForNotebooks):
    """A notebook says where its participant is, and hears which steps are open."""

    def post(self) -> None:
        """Answer with the notice of the room."""
        if len(self.request.body) > MOST_SIGHTING:
            raise HTTPError(413)
        try:
            self.room.people.saw(Sighting.model_validate_json(self.request.body))
        except ValidationError:
            raise HTTPError(400) from None
        self.finish(self.room.notice.model_dump(mode="json"))


class TakeHandIn(ForNotebooks):
    """A notebook hands in."""

    async def post(self) -> None:
        """Answer with the receipt, once the file is on the disk."""
        address = self.request.remote_ip or ""
        try:
            receipt = await self.site.write(self.room.accept, self.request.body, address)
        except RefusedError as error:
            raise HTTPError(error.status) from None
        self.finish({"receipt": receipt})


class WallData(ForNotebooks):
    """The data of the wall, which has no names."""

    def get(self) -> None:
        """Answer with the file that was written last."""
        self.set_header("Content-Type", "application/json")
        self.finish(self.page_file(DATA))


class Participants(Answering):
    """The page on which a file is handed in; it asks for the code word first."""

    def get(self) -> None:
        """Show the page, or ask for the code word, which a QR code brings along."""
        if code := self.get_query_argument("code", ""):
            self._enter(code)
        elif self.knows(self.get_cookie(CODE_COOKIE) or ""):
            self.finish(pages.participant_page(self.room))
        else:
            self.finish(pages.guest_page(self.room.w))

    def post(self) -> None:
        """Take the code word that was typed."""
        self._enter(self.get_body_argument("code", ""))

    def _enter(self, code: str) -> None:
        if self.knows(code):
            self.remember(CODE_COOKIE, self.room.state.code, "Lax")
            self.redirect(self.site.base, status=303)
            return
        self.set_status(403)
        self.finish(pages.guest_page(self.room.w, self.room.w(REFUSALS[403])))


class TakeFile(Answering):
    """A participant hands in a file on the page."""

    async def post(self) -> None:
        """Show the receipt, or why the file is not taken."""
        if not self.knows(self.get_cookie(CODE_COOKIE) or ""):
            raise HTTPError(403)
        w, sent = self.room.w, self.request.files.get("file", [])
        data = sent[0].body if sent else b""
        try:
            receipt = await self.site.write(self.room.accept, data, self.request.remote_ip or "")
        except RefusedError as error:
            self.set_status(error.status)
            self.finish(pages.participant_page(self.room, problem=w.message(error.why)))
            return
        text = w("Handed in. Your receipt: {receipt}. Read it to the facilitator.", receipt=receipt)
        self.finish(pages.participant_page(self.room, text=text))


class WallPage(Answering):
    """The wall, for the projector and for all who know the code word."""

    def get(self) -> None:
        """Show the page that was written last."""
        if not (self.at_desk or self.knows(self.get_cookie(CODE_COOKIE) or "")):
            raise HTTPError(403)
        try:
            self.finish(self.page_file(WALL))
        except HTTPError:
            self.finish(pages.wall_to_come(self.room.w))


class AtDesk(Answering):
    """The addresses with names: for the desk only; to others there is nothing here."""

    def prepare(self) -> None:
        """Refuse all but the desk; its key comes once in the address, then in a cookie."""
        if self.at_desk:
            return
        key = self.get_query_argument("key", "")
        here = self.site.proxied or is_here(self.request.remote_ip or "")
        if not (here and self.request.method == "GET" and self.room.state.opens_desk(key)):
            raise HTTPError(404)
        self.remember(DESK_COOKIE, key, "Strict")
        self.redirect(f"{self.site.base}desk", status=303)


class Desk(AtDesk):
    """The desk: who is where, and the steps."""

    def get(self) -> None:
        """Show it; with `?still` it reloads no more by itself."""
        still = self.get_query_argument("still", None) is not None
        self.finish(pages.desk(self.room, still=still))

    async def post(self) -> None:
        """Open or close a step; only the desk's own page knows the key that it sends along."""
        if not self.room.state.opens_desk(self.get_body_argument("key", "")):
            raise HTTPError(403)
        try:
            step = TypeAdapter[RoomStep](RoomStep).validate_python(
                self.get_body_argument("step", "")
            )
        except ValidationError:
            raise HTTPError(400) from None
        await self.site.write(self._switch, step)
        self.redirect(f"{self.site.base}desk", status=303)

    def _switch(self, step: RoomStep) -> None:
        self.room.switch(step, is_open=self.get_body_argument("to", "") == "open")


class Everything(AtDesk):
    """The facilitator's view of every hand-in."""

    def get(self) -> None:
        """Show the page that was written last."""
        self.finish(self.page_file(DESK))


class Join(AtDesk):
    """Address, QR code and code word, for the projector."""

    def get(self) -> None:
        """Show it."""
        self.finish(pages.join_page(self.room, self.site.address))


class Nothing(Answering):
    """Every other address."""

    def prepare(self) -> None:
        """Answer that there is nothing."""
        raise HTTPError(404)


def routes(site: Site) -> list[Any]:
    """Return the addresses of the room below its base path."""
    found = {
        "": Participants,
        "file": TakeFile,
        "wall": WallPage,
        "follow": Follow,
        "hand-in": TakeHandIn,
        "wall.json": WallData,
        "desk": Desk,
        "all": Everything,
        "join": Join,
    }
    base = site.base.replace(".", r"\.")
    return [
        (base + path.replace(".", r"\."), cast(Any, handler), {"site": site})
        for path, handler in found.items()
    ]
