"""A small page of our own for the tests of single steps; whole pages are in the fixtures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from archiver.article import Article
from archiver.capture import Capture
from archiver.extraction import extract
from archiver.outlet import Layout, Outlet

URL = "https://berita.contoh.id/2020/03/04/pasar-apung-dibuka"

STORY = (
    "Pasar apung di hilir Sungai Karang kembali dibuka setelah tiga tahun tutup karena dermaganya lapuk.",
    "Kepala dusun mengatakan sudah empat puluh perahu mendaftar, sebagian besar menjual sayur dan ikan asap.",
    "“Kami menunggu hari ini lama sekali,” ujar seorang pedagang sambil menata dagangannya.",
)


def outlet(**changes: Any) -> Outlet:
    """An invented outlet with one layout; `changes` go into the layout."""
    layout: dict[str, Any] = {
        "name": "plain",
        "body": ".isi",
        "area": ".artikel",
        "title": ("h1",),
        "authors": (".penulis",),
        "published": (".tanggal",),
        "drop": {"related_list": (".terkait",), "share": (".bagikan",)},
    }
    return Outlet(
        name="contoh",
        title="Contoh",
        domains=("contoh.id",),
        article_url=re.compile(r"/\d{4}/\d\d/\d\d/"),
        brand=("CONTOH.ID", "Contoh"),
        layouts=(Layout(**(layout | changes)),),
    )


def html(body: str = "", *, head: str = "", around: str = "", title: str = "Pasar Apung Karang Dibuka Lagi") -> str:
    """A page of that outlet; `body` stands in the body container, `around` behind it in the article's area."""
    paragraphs = body or "".join(f"<p>{line}</p>" for line in STORY)
    return f"""<!doctype html><html lang="id"><head><title>{title} - Contoh</title>{head}</head><body>
      <div class="atas"><a href="/">Beranda</a></div>
      <div class="artikel"><h1>{title}</h1><div class="penulis">Bayu Segara, Jurnalis</div>
      <div class="tanggal">Rabu, 4 Maret 2020 09:15 WIB</div><div class="isi">{paragraphs}</div>{around}</div>
      <div class="bawah">Hak cipta</div></body></html>"""


def clip(page: str, *, layouts: bool = True, captured: datetime | None = None, **changes: Any) -> Article:
    """The article in such a page."""
    capture = Capture(
        URL, page.encode(), (("Content-Type", "text/html"),), captured or datetime(2020, 3, 5, tzinfo=UTC)
    )
    return extract(capture, outlet(**changes) if layouts else None)


def by_kind(items: tuple[Any, ...]) -> Mapping[str, list[str]]:
    """Texts of blocks, removals or re-routed lines by their kind."""
    found: dict[str, list[str]] = {}
    for item in items:
        found.setdefault(item.kind, []).append(item.text)
    return found
