"""Broken pages of the fixtures, as WARC files."""

from __future__ import annotations

import gzip
import subprocess
import sys
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from archiver.healing import Sample, read_samples
from archiver.outlets import load_outlets
from archiver.simulation.breakages import broken

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archiver.capture import Capture

FIXTURES = Path(__file__).parents[2] / "fixtures"
OUTLETS = load_outlets()


def pages(outlet: str, *cases: str, scratch: Path) -> list[Sample]:
    """The article pages of these fixtures, of all where none is named."""
    files = [FIXTURES / outlet / f"{case}.warc.gz" for case in cases] or sorted(FIXTURES.glob(f"{outlet}/*.warc.gz"))
    return list(read_samples(files, OUTLETS.get(outlet), scratch, limit=100).samples)


def break_all(outlet: str, samples: Iterable[Sample], kind: str) -> list[Capture]:
    """These pages after a breakage."""
    found = (broken(sample.capture, OUTLETS.get(outlet), kind) for sample in samples)
    return [capture for capture in found if capture is not None]


def write_warc(path: Path, captures: Iterable[Capture]) -> Path:
    """A WARC file with these captures."""
    path.write_bytes(b"".join(map(_record, captures)))
    return path


def check_format(path: Path) -> None:
    """Whether ruff finds nothing to change in an outlet file."""
    ruff = [sys.executable, "-m", "ruff"]
    subprocess.run([*ruff, "format", "--check", "--line-length", "120", path], check=True)
    subprocess.run([*ruff, "check", "--select", "E,F,I,W", "--line-length", "120", path], check=True)


def _record(capture: Capture) -> bytes:
    fields = "".join(f"{name}: {value}\r\n" for name, value in capture.headers)
    block = f"HTTP/1.1 200 OK\r\n{fields}Content-Length: {len(capture.body)}\r\n\r\n".encode() + capture.body
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{_name(capture)}>\r\n"
        f"WARC-Date: {capture.date:%Y-%m-%dT%H:%M:%SZ}\r\nWARC-Target-URI: {capture.url}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", mtime=0)


def _name(capture: Capture) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{capture.date} {capture.url}")


def seeded(folder: Path, outlet: str, kind: str, *cases: str) -> Path:
    """A WARC file with the broken pages of these fixtures."""
    captures = break_all(outlet, pages(outlet, *cases, scratch=folder), kind)
    return write_warc(folder / f"{outlet}-{kind}.warc.gz", captures)
