"""An archive with an article that somebody wants gone, and a way to see whether it is."""

from __future__ import annotations

import gzip
import io
from typing import TYPE_CHECKING

from tests.crawling.support import SITE, Answer, listing, redirect, run_replay, story, write_warc

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archiver.archive import Archive

TITLE = "Resep Bubur Wirasana yang Disimpan Tujuh Turunan"
FIRST = "Nyai Kartaminarsih menakar gulampati dengan batok retak, lalu mengaduk santan sampai lenggangnya hilang."
SECOND = (
    "Cucunya, Damarjatiwangi, menyalin takaran itu ke buku bersampul merah dan menguncinya di peti jati selama sewindu."
)
THIRD = "Tetangga hanya boleh mencium wanginya, sebab serambi dapur ditutup kelambu setiap malam Jumat Kliwonan."
UNIQUE = ("gulampati", "kartaminarsih", "damarjatiwangi", "lenggangnya", "kliwonan", "sewindu")
"""Words that stand in this article alone."""

URL = f"{SITE}/read/1"
PAGE_2 = f"{URL}?page=2"
AMP = f"{SITE}/read/4"
TWIN = f"{SITE}/read/5"
QUOTE = f"{SITE}/read/6"
OTHER = f"{SITE}/read/2"


def article(*paragraphs: str, title: str = TITLE, head: str = "", below: str = "") -> Answer:
    """A page of the outlet of `tests.crawling.support`."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return Answer(
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>"
        f"<div class=body>{text}</div>{below}</article>{'<!-- panjang -->' * 30}</body></html>".encode()
    )


def answers() -> dict[str, Answer]:
    """The article on two pages; its AMP page, its twin, a redirect to it, a quote of it, and its headline elsewhere."""
    pager = '<div class=paging><a class="pg" href="/read/1">1</a><a class="pg" href="/read/1?page=2">2</a></div>'
    canonical = f'<link rel="canonical" href="{URL}">'
    related = f'<ul class=terkait><li><a href="/read/1">{TITLE}</a></li></ul>'
    first = article(FIRST, SECOND, head=canonical, below=pager)
    own = "Warga Garut menanam padi gogo di lereng bukit sejak musim hujan tiba pekan lalu, kata kepala desa."
    return {
        "/index": listing("/read/1", "/read/2", "/read/3", "/read/4", "/read/5", "/read/6", "/read/7"),
        "/read/1": first,
        "/read/1?page=2": article(THIRD, below=pager),
        "/read/2": article(own, title="Panen di Garut", below=related),
        "/read/3": redirect("/read/1"),
        "/read/4": article(f"<b>Nyai</b> {FIRST.removeprefix('Nyai ')}", SECOND, head=canonical),
        "/read/5": first,
        "/read/6": article(f"Menurut koran lain: {SECOND}", own + " Begitu adanya.", title="Kata Orang di Pasar"),
        "/read/7": story("Ciwidey"),
    }


def fill(folder: Path, archive: Path) -> list[Path]:
    """Replay the pages into an archive, and those of a day later; returns the files that were replayed."""
    later = {"/read/1": article(FIRST, SECOND + " Kini dijual.", THIRD)}
    files = [write_warc(folder / "a", answers()), write_warc(folder / "b", later, hour=24)]
    for file in files:
        run_replay(archive, file)
    return files


def holders(archive: Archive, *needles: str) -> dict[str, set[str]]:
    """Which files of the archive hold which of these, in their bytes as they lie or unpacked, in any case."""
    found: dict[str, set[str]] = {}
    for path in sorted(archive.root.rglob("*")):
        if path.is_file():
            text = b"\n".join(_contents(path)).decode("utf-8", "replace").casefold()
            if there := {needle for needle in needles if needle.casefold() in text}:
                found[str(path.relative_to(archive.root))] = there
    return found


def _contents(path: Path) -> Iterator[bytes]:
    data = path.read_bytes()
    yield data
    if data.startswith(b"\x1f\x8b"):
        with gzip.open(io.BytesIO(data)) as file:
            yield file.read()
