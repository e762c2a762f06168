"""Open a room from the command line, and say how it is reached."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from workbook.errors import WorkError
from workbook.files import TakenError, locked
from workbook.reports.task import json_line
from workbook.room.address import HERE, room_address
from workbook.room.handlers import Site
from workbook.room.room import Room
from workbook.room.server import serve


def open_room(
    room: Room,
    tell: Callable[[Site], None],
    port: int,
    network: bool,
    base: str,
    address: str,
) -> None:
    """Serve a room until it is interrupted, by Ctrl+C for example.

    Raises
    ------
    WorkError
        If another process has this room open: two walls in one folder would undo each other.
    """
    try:
        with suppress(KeyboardInterrupt), locked(room.out, wait=False):
            asyncio.run(serve(room, tell, port=port, network=network, base=base, address=address))
    except TakenError:
        template = "the room in {folder} is open already; close it, or name another with --out"
        raise WorkError(template, folder=str(room.out)) from None


def opened_data(site: Site, network: bool) -> str:
    """Return the line for `--json`."""
    data = {
        "address": site.address,
        "code": site.room.state.code,
        "desk": desk_address(site),
        "network": network,
        "folder": str(site.room.folder),
        "out": str(site.room.out),
    }
    return json_line(data)


def desk_address(site: Site) -> str:
    """Return the desk's address with its key, for the facilitator alone."""
    start = site.address if site.proxied else room_address(HERE, site.port, site.base)
    return f"{start}desk?key={site.room.state.key}"


def opened_text(site: Site, network: bool) -> str:
    """Return what the terminal says of an open room."""
    w, code = site.room.w, site.room.state.code
    who = w("Only this computer reaches it. With --network, the local network does.")
    if network:
        who = w(
            "Everybody on the local network reaches it, and what they hand in is not encrypted on "
            "its way: use a network that you trust."
        )
    elif site.proxied:
        who = w("It is reached through the proxy that you named.")
    return "\n".join(
        [
            w("The room is open: {address}", address=site.address),
            w("Code word: {code}", code=f"{code[:3]}-{code[3:]}"),
            w("Your desk, with names, for you alone: {address}", address=desk_address(site)),
            who,
            w("Hand-ins are kept in {folder}. Ctrl+C closes the room.", folder=site.room.folder),
        ]
    )
