"""The addresses of this machine on the local network, and a QR code of one."""

from __future__ import annotations

import socket

import segno

NOWHERE = ("192.0.2.1", 9)
"""An address of the documentation range; no packet is sent to it."""
HERE = "127.0.0.1"


def local_address() -> str:
    """Return the address of this machine on its network; `127.0.0.1` if it has none.

    The system is asked from which address it would send; nothing is sent.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(NOWHERE)
            return str(asked.getsockname()[0])
        except OSError:
            return HERE


def room_address(host: str, port: int, base: str) -> str:
    """Return a room's address, ending in a slash.

    >>> room_address("192.168.1.20", 8010, "/")
    'http://192.168.1.20:8010/'
    """
    return f"http://{host}:{port}{base}"


def qr_code(text: str) -> str:
    """Return a QR code as SVG, black on white in both colour schemes, drawn without a network."""
    return segno.make_qr(text, error="m").svg_inline(
        scale=8, border=4, dark="#000", light="#fff", omitsize=True
    )
