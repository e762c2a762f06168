"""A small server for a built site: a page cannot run from a file, only from a server.

Only this computer reaches it. A browser lets a page keep files and run without asking only over
https or from its own computer, so a site for a class belongs on a host with https.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from workbook.errors import WorkError

HERE = "127.0.0.1"
SECONDS = 30
"""How long a connection may be silent."""


class Handler(SimpleHTTPRequestHandler):
    """Serves files of a folder; their types are ours, not those of the system's registry."""

    protocol_version = "HTTP/1.1"
    timeout = SECONDS
    extensions_map = {  # noqa: RUF012 - as the base class declares it
        ".css": "text/css",
        ".html": "text/html; charset=utf-8",
        ".ico": "image/x-icon",
        ".ipynb": "application/json",
        ".js": "text/javascript",
        ".json": "application/json",
        ".map": "application/json",
        ".mjs": "text/javascript",
        ".png": "image/png",
        ".svg": "image/svg+xml",
        ".wasm": "application/wasm",
        ".webmanifest": "application/manifest+json",
        ".whl": "application/zip",
        ".woff": "font/woff",
        ".woff2": "font/woff2",
        ".zip": "application/zip",
        "": "application/octet-stream",
    }

    def end_headers(self) -> None:
        """Let the browser ask each time whether a file is still the same."""
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def list_directory(self, path: Any) -> None:
        """Show no listing of a folder."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_head(self) -> Any:
        """Return the open file to send, after its headers; None if there is none."""
        try:
            return super().send_head()
        except ValueError:  # a name that no file can have
            self.send_error(HTTPStatus.NOT_FOUND)
            return None

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing of each request."""


class Server(ThreadingHTTPServer):
    """A server that stays silent when a browser leaves in the middle of an answer."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Forget the connection."""


def bind(folder: Path, port: int) -> Server:
    """Return a server of the folder that listens on this computer; port 0 takes a free one.

    Raises
    ------
    WorkError
        If the port is taken, or no port at all.
    """
    try:
        return Server((HERE, port), partial(Handler, directory=str(folder)))
    except (OSError, OverflowError) as error:
        template = "port {port} cannot be used: {reason}; choose another with --port"
        reason = getattr(error, "strerror", None) or str(error)
        raise WorkError(template, port=str(port), reason=reason) from None


def serve(folder: Path, port: int, tell: Callable[[str], None]) -> None:
    """Serve a site until it is interrupted, by Ctrl+C for example."""
    with bind(folder, port) as server, suppress(KeyboardInterrupt):
        tell(f"http://{HERE}:{server.server_address[1]}/")
        server.serve_forever()
