"""Single pages for the tests of what drafting looks for."""

from __future__ import annotations

from archiver.drafting.document import Document, read_document
from tests.drafting.site import capture

PROSE = "Warga menanam padi gogo di lereng bukit sejak musim hujan tiba pekan lalu, kata kepala desa di balai. "


def page(body: str, *, head: str = "", path: str = "/berita/1-satu-dua.html") -> Document:
    """A page with this body and this head, parsed."""
    return read_document(capture(path, f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"))


def meta(name: str, content: str) -> str:
    """A meta element."""
    return f'<meta property="{name}" content="{content}">'
