"""An empty archive, and a web server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from archiver.archive import Archive
from tests.operating.support import Sink, sink

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.create(tmp_path / "arsip")


@pytest.fixture
def web() -> Iterator[Sink]:
    with sink() as running:
        yield running
