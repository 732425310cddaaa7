"""Serves the made-up site on loopback: `python -m tests.drafting.serve 8088`, until Ctrl-C."""

from __future__ import annotations

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.drafting import site

PORT = 8088


class Handler(BaseHTTPRequestHandler):
    """Answers with the captures of `tests.drafting.site`, under the address of this server."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer by path; unknown addresses get 404."""
        found = next((each for each in site.captures() if each.url == site.SITE + self.path), None)
        own = f"http://{self.headers['Host']}"
        body = found.body.replace(site.SITE.encode(), own.encode()) if found else b"<h1>Tidak ditemukan</h1>"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", found.headers[0][1] if found else "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name in the standard library
        """Say nothing."""


if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else PORT
    print(f"http://127.0.0.1:{port}/indeks")
    ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()
