"""`kliping bag`: an archive as a bag."""

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


def info(bag: Path) -> dict[str, str]:
    lines = (bag / "bag-info.txt").read_text().splitlines()
    return dict(line.split(": ", 1) for line in lines)


@pytest.mark.usefixtures("archive")
def test_who_hands_it_on_comes_from_the_configuration(kliping: Kliping, tmp_path: Path) -> None:
    (tmp_path / "kliping.toml").write_text('operator = "Arsip Berita"\ncontact = "mailto:arsip@contoh.test"\n')
    done = kliping("bag", "-o", "tas", "--description", "Berita pagi")
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("tas: 4 files, 0.")
    fields = info(tmp_path / "tas")
    assert fields["Source-Organization"] == "Arsip Berita"
    assert fields["Contact-Email"] == "arsip@contoh.test"
    assert fields["External-Description"] == "Berita pagi"
    assert fields["Bag-Size"] == "0.1 MB"


def test_what_is_not_known_is_left_out(kliping: Kliping, archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "kliping.toml").write_text('contact = "https://contoh.test/arsip"\n')
    assert kliping("bag", archive.root, "-o", "tas", "--quiet").err == ""
    assert not {"Source-Organization", "Contact-Email"} & info(tmp_path / "tas").keys()


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([], ExitCode.USAGE, "Missing option '-o'"),
        (["tiada", "-o", "tas"], ExitCode.NOT_FOUND, "there is no archive at tiada"),
        (["-o", "archive"], ExitCode.CANNOT_WRITE, "archive is there already"),
        (["-o", "archive/tas"], ExitCode.CANNOT_WRITE, "archive/tas lies within the archive"),
    ],
)
def test_what_cannot_be_done(kliping: Kliping, arguments: list[str], code: ExitCode, message: str) -> None:
    done = kliping("bag", *arguments)
    assert done.code == code
    assert message in done.err
