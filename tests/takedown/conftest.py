"""A filled archive, made once; each test gets a copy of it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from archiver.archive import Archive
from tests.crawling.conftest import serve
from tests.takedown.support import fill

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.crawling.conftest import LiveSite


@pytest.fixture(scope="package")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Path]]:
    """The archive, and the files that it was filled from."""
    folder = tmp_path_factory.mktemp("filled")
    return folder / "archive", fill(folder, folder / "archive")


@pytest.fixture
def archive(filled: tuple[Path, list[Path]], tmp_path: Path) -> Archive:
    return Archive.open(shutil.copytree(filled[0], tmp_path / "archive"))


@pytest.fixture
def site() -> Iterator[LiveSite]:
    with serve() as live:
        yield live
