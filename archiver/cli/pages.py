"""A saved page given on the command line, as the capture that it once was."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from archiver.capture import Capture
from archiver.cli.arguments import read_file, read_start
from archiver.errors import UsageError
from archiver.extraction import extract

if TYPE_CHECKING:
    from datetime import datetime


def read_page(file: str, url: str | None, captured: datetime | None) -> Capture:
    """The page in a plain file; without `url` it has the address that it calls its own, else the file's.

    Raises `NotFoundError` where the file cannot be read.
    """
    body = read_file(file)
    if url is None:
        unnamed = extract(Capture("", body, date=captured))
        url = unnamed.canonical_url or Path("/dev/stdin" if file == "-" else file).absolute().as_uri()
    return Capture(url, body, date=captured)


def is_warc(file: str) -> bool:
    """Whether a file is meant as a WARC file: by its name, or by its first bytes. stdin never is.

    Raises `NotFoundError` where it cannot be read.
    """
    if file == "-":
        return False
    start = read_start(file)
    return file.endswith((".warc", ".warc.gz")) or start.startswith((b"WARC/", b"\x1f\x8b"))


def check_address(url: str | None) -> None:
    """Raise `UsageError` where `--url` is no web address."""
    if url is not None and not url.startswith(("http://", "https://")):
        raise UsageError(f"--url {url} is no web address: it begins with https:// or http://")
