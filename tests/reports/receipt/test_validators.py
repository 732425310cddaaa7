from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from archiver.reports.receipt.validators import (
    SHOWN,
    VALIDATORS,
    Validator,
    check_all,
    check_ourselves,
    check_package,
    check_with,
)
from tests.catalog.support import Writer

if TYPE_CHECKING:
    from pathlib import Path

    from archiver.archive import Archive


def saying(code: str, package: str = "warcio") -> Validator:
    """A validator that runs a line of Python, with the file as `sys.argv[1]`."""
    return Validator("uji", package, "whatever", ("-c", f"import sys; {code}"), re.compile("^bad"))


ABSENT = saying("", "tidak_terpasang")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    with Writer(tmp_path / "archive") as writer:
        writer.clip()
    return writer.archive


def damage(archive: Archive) -> None:
    (path,) = archive.warc_files()
    path.write_bytes(path.read_bytes()[:-30])


def test_our_own_check(archive: Archive) -> None:
    assert check_ourselves(archive).result == "passed"
    damage(archive)
    check = check_ourselves(archive)
    assert check.result == "faults"
    assert check.faults == len(check.findings) > 0
    assert check.findings[0].startswith(archive.warc_files()[0].name)


def test_a_catalog_that_cannot_be_read_is_a_fault(archive: Archive) -> None:
    archive.catalog.write_bytes(b"rusak" * 1000)
    check = check_ourselves(archive)
    assert check.result == "faults"
    assert any("kliping catalog rebuild" in finding for finding in check.findings)


def test_warcio_is_always_here(archive: Archive) -> None:
    warcio = VALIDATORS[0]
    check = check_with(warcio, archive.warc_files())
    assert (check.program, check.result) == ("warcio check", "passed")
    assert check.version is not None
    (path,) = archive.warc_files()
    broken = path.with_name("rusak.warc")
    broken.write_bytes(
        b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:x:1>\r\nWARC-Date: 2021-01-01T00:00:00Z\r\n"
        b"WARC-Target-URI: https://example.com/\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n"
        b"WARC-Block-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n\r\nhi\r\n\r\n"
    )
    check = check_with(warcio, [broken])
    assert (check.result, check.faults) == ("faults", 1)
    assert "rusak.warc: block digest failed" in check.findings[0]


def test_what_another_program_says_is_quoted_and_counted(archive: Archive) -> None:
    files = archive.warc_files()
    many = check_with(saying("print('bad\\n' * 60 + 'good'); sys.exit(1)"), files)
    assert (many.result, many.faults, len(many.findings)) == ("faults", 60, SHOWN)
    vague = check_with(saying("print('oh'); sys.exit(3)"), files)
    assert vague.findings == (f"{files[0].name}: exit code 3: oh",)
    silent = check_with(saying("sys.exit(3)"), files)
    assert silent.findings == (f"{files[0].name}: exit code 3: no reason is given",)
    assert check_with(saying("print('bad')"), files).result == "passed"


def test_what_is_not_installed_is_not_run(archive: Archive) -> None:
    checks = check_all(archive, validators=[ABSENT], wacz=ABSENT)
    assert [(check.program, check.result) for check in checks] == [
        ("kliping verify", "passed"),
        ("uji", "not run"),
        ("uji", "not run"),
    ]


def test_a_package_is_made_to_be_checked(archive: Archive) -> None:
    opens = saying("import zipfile; assert zipfile.ZipFile(sys.argv[1]).read('datapackage.json')")
    assert check_package(archive, opens).result == "passed"
    assert check_package(archive, replace(opens, arguments=("-c", "print('bad'); exit(1)"))).findings == ("bad",)
    damage(archive)
    (finding,) = check_package(archive, opens).findings
    assert finding.startswith("no package could be made: ")
