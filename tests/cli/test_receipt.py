"""`kliping receipt`: an archive checked and described."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from archiver.errors import ExitCode
from tests.catalog.support import Writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archiver.archive import Archive
    from tests.cli.conftest import Done

    Kliping = Callable[..., Done]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    with Writer(tmp_path / "archive") as writer:
        writer.clip()
    return writer.archive


def test_a_page_in_the_working_directory(kliping: Kliping, archive: Archive, tmp_path: Path) -> None:
    done = kliping("receipt", archive.root)
    assert (done.code, done.out) == (0, "")
    assert "warcio check: passed\n" in done.err
    assert done.err.endswith("receipt.html: no fault found\n")
    assert (tmp_path / "receipt.html").read_text().startswith("<!doctype html>")


@pytest.mark.usefixtures("archive")
def test_json_alone(kliping: Kliping, tmp_path: Path) -> None:
    done = kliping("receipt", "--json", "-", "--quiet")
    assert (done.code, done.err) == (0, "")
    assert done.json()["contents"]["articles"] == 1
    assert not (tmp_path / "receipt.html").exists()


def test_faults_end_in_code_2_and_a_receipt(kliping: Kliping, archive: Archive, tmp_path: Path) -> None:
    (path,) = archive.warc_files()
    path.write_bytes(path.read_bytes()[:-20])
    done = kliping("receipt", "-o", "x.html", "--json", "x.json")
    assert done.code == ExitCode.PARTIAL
    assert f"kliping: {path.relative_to(tmp_path)}: byte" in done.err
    assert done.err.endswith("x.html, x.json: faults found\n")
    assert (tmp_path / "x.html").exists()
    assert (tmp_path / "x.json").exists()


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["tiada"], ExitCode.NOT_FOUND, "there is no archive at tiada"),
        (["-o", "-", "--json", "-"], ExitCode.USAGE, "cannot both go to stdout"),
        (["-o", "tiada/x.html"], ExitCode.CANNOT_WRITE, "cannot write tiada/x.html"),
    ],
)
def test_what_cannot_be_done(kliping: Kliping, arguments: list[str], code: ExitCode, message: str) -> None:
    done = kliping("receipt", *arguments)
    assert done.code == code
    assert message in done.err
