"""`kliping wacz`: an archive as one file."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

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
        writer.clip("https://lain.test/banjir", title="Banjir surut", outlet="lain")
    return writer.archive


def test_the_archive_of_the_working_directory(kliping: Kliping, archive: Archive, tmp_path: Path) -> None:
    done = kliping("wacz", "-o", "x.wacz", "--title", "Berita pagi")
    assert (done.code, done.out) == (0, "")
    (file,) = archive.warc_files()
    assert done.err == f"packing {file.name}\nx.wacz: 2 pages, 2 captures, 1 WARC file, 0.0 MB\n"
    with zipfile.ZipFile(tmp_path / "x.wacz") as package:
        manifest = json.loads(package.read("datapackage.json"))
    assert manifest["title"] == "Berita pagi"
    assert manifest["software"].startswith("Kliping/")


def test_a_selection_says_what_it_is(kliping: Kliping, archive: Archive, tmp_path: Path) -> None:
    done = kliping("wacz", archive.root, "--outlet", "lain", "--since", "2021-01-01", "-o", "x.wacz", "--quiet")
    assert (done.code, done.err) == (0, "")
    with zipfile.ZipFile(tmp_path / "x.wacz") as package:
        assert json.loads(package.read("datapackage.json"))["title"] == "News articles of lain since 2021-01-01"


def test_a_signed_package(kliping: Kliping, archive: Archive, tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP384R1())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    (tmp_path / "key.pem").write_bytes(pem)
    assert kliping("wacz", archive.root, "--sign", "key.pem", "-o", "x.wacz").code == 0
    with zipfile.ZipFile(tmp_path / "x.wacz") as package:
        assert "signature" in json.loads(package.read("datapackage-digest.json"))["signedData"]


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["-o", "x.zip"], ExitCode.USAGE, "the name of a WACZ file ends in .wacz"),
        ([], ExitCode.USAGE, "Missing option '-o'"),
        (["tiada", "-o", "x.wacz"], ExitCode.NOT_FOUND, "there is no archive at tiada"),
        (["--outlet", "tiada", "-o", "x.wacz"], ExitCode.NOT_FOUND, "archive has no such article"),
        (["-o", "tiada/x.wacz"], ExitCode.CANNOT_WRITE, "cannot write tiada/x.wacz: No such file or directory"),
        (["-o", "x.wacz", "--sign", "tiada.pem"], ExitCode.NOT_FOUND, "cannot read the key tiada.pem"),
        (["-o", "x.wacz", "--sign", "archive/archive.toml"], ExitCode.BAD_DATA, "openssl ecparam -name secp384r1"),
    ],
)
def test_what_cannot_be_packed(
    kliping: Kliping, tmp_path: Path, arguments: list[str], code: ExitCode, message: str
) -> None:
    done = kliping("wacz", *arguments)
    assert done.code == code
    assert message in done.err
    assert not list(tmp_path.glob("*.wacz"))


def test_a_damaged_file(kliping: Kliping, archive: Archive, tmp_path: Path) -> None:
    (file,) = archive.warc_files()
    file.write_bytes(file.read_bytes()[:-50])
    done = kliping("wacz", "-o", "x.wacz", "--quiet")
    assert done.code == ExitCode.BAD_DATA
    assert done.err.startswith(f"kliping: {file.relative_to(tmp_path)}: byte ")


def test_a_version_in_an_unfinished_file_is_left_out(kliping: Kliping, archive: Archive, tmp_path: Path) -> None:
    with Writer(archive.root, prefix="lagi") as writer:
        writer.clip("https://contoh.test/baru")
    path = next(path for path in archive.warc_files() if path.name.startswith("lagi"))
    path.rename(path.with_name(f"{path.name}.open"))
    done = kliping("wacz", "-o", tmp_path / "x.wacz", "--quiet")
    message = "1 version of an article is left out: the capture is in no finished WARC file"
    assert (done.code, done.err) == (0, f"kliping: {message}\n")
