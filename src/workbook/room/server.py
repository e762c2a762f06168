"""The server of a room, bounded in connections, in sizes and in time.

A connection answers one request and lives for CONNECTION_SECONDS at most, however slowly it is
written to or read from.
"""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event, Thread
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.web import Application

from workbook.errors import InputError, WorkError, fault
from workbook.room.address import HERE, local_address, room_address
from workbook.room.handlers import Nothing, Site, routes
from workbook.room.limits import Connections
from workbook.room.room import Room
from workbook.workshop.hand_in import MOST_BYTES

PORT = 8010
CONNECTION_SECONDS, REQUEST_SECONDS = 30.0, 10.0
MOST_HEADER = 16_384
MOST_UPLOAD = MOST_BYTES + 200_000
"""More than a hand-in may have, so that one that is too large gets an answer that says so."""
LOOK_SECONDS = 2.0
"""How often the folder is looked at for new hand-ins."""
BASE = re.compile(r"/(?:[A-Za-z0-9._~@-]+/)*")


class BoundedServer(HTTPServer):
    """An HTTP server with a limit on connections, and on how long each may last."""

    connections: Connections

    def handle_stream(self, stream: Any, address: Any) -> None:
        """Take a connection, if there are not too many, for a limited time."""
        if not self.connections.enter(str(address[0])):
            stream.close()
            return
        IOLoop.current().call_later(CONNECTION_SECONDS, stream.close)
        super().handle_stream(stream, address)

    def on_close(self, server_conn: Any) -> None:
        """Forget a connection that has ended."""
        self.connections.leave(str(server_conn.context.address[0]))
        super().on_close(server_conn)


def bounded(site: Site) -> BoundedServer:
    """Return a server of a room, with every limit that Tornado has."""
    server = BoundedServer(
        Application(
            routes(site),
            default_handler_class=Nothing,
            default_handler_args={"site": site},
            log_function=_silent,
        ),
        no_keep_alive=True,
        max_header_size=MOST_HEADER,
        max_body_size=MOST_UPLOAD,
        body_timeout=REQUEST_SECONDS,
        idle_connection_timeout=REQUEST_SECONDS,
    )
    server.connections = Connections()
    return server


def checked_base(base: str) -> str:
    """Return a base path with a slash at both ends; raise InputError for anything else.

    >>> checked_base("services/room")
    '/services/room/'
    """
    path = f"/{base.strip('/')}/" if base.strip("/") else "/"
    if not BASE.fullmatch(path):
        template = "the base path is made of letters, digits and slashes, such as /services/room/"
        raise InputError("--base", [fault("", template)])
    return path


async def serve(
    room: Room,
    tell: Callable[[Site], None],
    *,
    port: int = PORT,
    network: bool = False,
    base: str = "/",
    address: str = "",
) -> None:
    """Serve a room until cancelled.

    Parameters
    ----------
    tell
        Called once the room is open.
    port
        0 for any that is free.
    network
        Whether other computers reach it; otherwise only this one does.
    base
        The path below which it answers.
    address
        As participants type it, if there is a proxy in between.

    Raises
    ------
    InputError
        For a base path with other signs.
    WorkError
        If the port cannot be had.
    """
    base = checked_base(base)
    bound = _bound(port, "0.0.0.0" if network else HERE)
    port = bound.getsockname()[1]
    known = address or room_address(local_address() if network else HERE, port, base)
    with ThreadPoolExecutor(1) as writer:
        site = Site(room, f"{known.rstrip('/')}/", port, base, bool(address), writer)
        server = bounded(site)
        server.add_sockets([bound])
        tell(site)
        closing = Event()
        Thread(target=_keep_fresh, args=(room, closing), daemon=True).start()
        try:
            await asyncio.Event().wait()
        finally:
            closing.set()
            await _close(server)


def _keep_fresh(room: Room, closing: Event) -> None:
    """Bring the wall up to date again and again; a wall being made does not keep a room open."""
    room.refresh()
    while not closing.wait(LOOK_SECONDS):
        room.refresh()


async def _close(server: BoundedServer) -> None:
    """Answer what was asked, then take nothing more."""
    server.stop()
    with suppress(asyncio.TimeoutError):
        await asyncio.wait_for(server.close_all_connections(), REQUEST_SECONDS)


def _silent(_: Any) -> None:
    """Log no request: a log would say who did what."""


def _bound(port: int, host: str) -> socket.socket:
    try:
        bound = socket.create_server((host, port), backlog=128)
    except (OSError, OverflowError) as error:
        template = "port {port} cannot be used: {reason}; choose another with --port"
        reason = str(getattr(error, "strerror", None) or error)
        reason = reason.partition(" (while")[0]  # Python adds the address as a tuple
        raise WorkError(template, port=str(port), reason=reason) from None
    bound.setblocking(False)  # as Tornado wants it
    return bound
