"""Small packages for tests, and how to spoil them."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from tests.warc.samples import START, chunked_message, exchange, message, writer
from warc.wacz import About, Page, whole, write_wacz
from warc.wacz_check import check_wacz

if TYPE_CHECKING:
    from pathlib import Path

ABOUT = About("Berita pagi", "Dua halaman.", "Kliping", "0", START)


def write_warcs(tmp_path: Path) -> list[Path]:
    """Two files: one with a page in chunks and a redirect, one with a page."""
    first = writer(tmp_path / "1")
    first.write_exchange(exchange("https://example.com/b", chunked_message()))
    first.write_exchange(exchange("https://example.com/z", message(b"", status="301 Moved"), seconds=1))
    second = writer(tmp_path / "2")
    second.write_exchange(exchange("https://example.com/a", seconds=2))
    (path,), (other,) = first.close(), second.close()
    other = other.rename(other.with_name("Pagi_2.warc.gz"))
    return [path, other]


def pages() -> list[Page]:
    date = "2021-05-04T03:02:01.500000Z"
    return [
        Page("1", "https://example.com/b", date, "Pasar", "Pasar pagi ramai."),
        Page("2", "https://example.com/a", date.replace("01.5", "03.5"), None, "Kota \ud800 tidur."),
    ]


def make(path: Path, warcs: list[Path], given: list[Page] | None = None, **options: Any) -> Path:
    write_wacz(path, map(whole, warcs), pages() if given is None else given, ABOUT, **options)
    return path


def problems(data: bytes) -> list[str]:
    return list(check_wacz(io.BytesIO(data)))


def swapped(data: bytes, part: str, new: bytes | None) -> bytes:
    """The package with another content for one of its parts, or without it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(made, "w") as copy:
        for info in package.infolist():
            if info.filename != part:
                copy.writestr(info, package.read(info))
        if new is not None:
            copy.writestr(part, new)
    return made.getvalue()
