"""What programs say of the archive: Kliping's own check, and every other validator that is installed.

The others run as processes of their own, file by file, as their users would run them; their words are quoted.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import archiver
from archiver.catalog import Catalog
from archiver.errors import KlipingError
from archiver.packaging.wacz import package
from archiver.reports.receipt.values import Check
from archiver.verification import verify_archive
from warc.errors import WarcError

if TYPE_CHECKING:
    from archiver.archive import Archive

SHOWN: Final = 50
"""Findings of a program that are quoted; all are counted."""


@dataclass(frozen=True, slots=True)
class Validator:
    """A validator of WARC files: the Python package it comes in, how it is called, and how it names a fault.

    `arguments` follow the interpreter, the file follows them. `fault` finds one line of the output for each fault; an
    exit code other than 0 without such a line is one fault.
    """

    program: str
    package: str
    what: str
    arguments: tuple[str, ...]
    fault: re.Pattern[str]

    @property
    def version(self) -> str | None:
        """Of the installed package; None where it is not installed."""
        if importlib.util.find_spec(self.package) is None:
            return None
        return importlib.metadata.version(self.package)


VALIDATORS: Final = (
    Validator(
        "warcio check",
        "warcio",
        "the digests of all records",
        ("-m", "warcio.cli", "check"),
        re.compile(r"digest failed"),
    ),
    Validator(
        "fastwarc check",
        "fastwarc",
        "the digests of all records",
        ("-m", "fastwarc.cli", "check", "--quiet"),
        re.compile(r"^<urn:"),
    ),
)

WACZ: Final = Validator(
    "wacz validate",
    "wacz",
    "a WACZ package made of the archive",
    ("-m", "wacz", "validate", "-f"),
    re.compile(r"(?i)failed|missing|mismatch|does not match"),
)


def check_all(archive: Archive, validators: Sequence[Validator] = VALIDATORS, wacz: Validator = WACZ) -> list[Check]:
    """Run them all, Kliping's own first."""
    return [
        check_ourselves(archive),
        *(check_with(validator, archive.warc_files()) for validator in validators),
        check_package(archive, wacz),
    ]


def check_ourselves(archive: Archive) -> Check:
    """Every record by itself, all records together, index and catalog beside them."""
    began = time.monotonic()
    faults = list(_found(archive))
    what = "framing, fields, digests and links of all records, index and catalog"
    return _check("kliping verify", archiver.__version__, what, faults, began)


def check_with(validator: Validator, paths: Sequence[Path]) -> Check:
    """What another program says of WARC files."""
    version = validator.version
    if version is None:
        return Check(program=validator.program, version=None, what=validator.what, result="not run")
    began = time.monotonic()
    faults = [f"{path.name}: {fault}" for path in paths for fault in _faults(validator, path)]
    return _check(validator.program, version, validator.what, faults, began)


def check_package(archive: Archive, validator: Validator = WACZ) -> Check:
    """What a validator of packages says of one that is made for it, and removed afterwards."""
    version = validator.version
    if version is None:
        return Check(program=validator.program, version=None, what=validator.what, result="not run")
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kliping-") as scratch:
        path = Path(scratch) / "archive.wacz"
        try:
            with Catalog(archive.catalog, read_only=True) as catalog:
                package(archive, catalog, path)
        except (KlipingError, WarcError) as error:
            faults = [f"no package could be made: {error}"]
        else:
            faults = _faults(validator, path)
    return _check(validator.program, version, validator.what, faults, began)


def _found(archive: Archive) -> Iterator[str]:
    try:
        for finding in verify_archive(archive):
            yield f"{finding.file.name}, byte {finding.offset}: {finding.message}"
    except KlipingError as error:
        yield str(error)  # the catalog cannot be read


def _check(program: str, version: str, what: str, faults: Sequence[str], began: float) -> Check:
    return Check(
        program=program,
        version=version,
        what=what,
        result="faults" if faults else "passed",
        faults=len(faults),
        findings=tuple(faults[:SHOWN]),
        seconds=round(time.monotonic() - began, 1),
    )


def _faults(validator: Validator, path: Path) -> list[str]:
    command = [sys.executable, *validator.arguments, str(path)]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own table, and a file of the archive
    lines = (done.stdout + done.stderr).decode("utf-8", "replace").splitlines()
    if done.returncode == 0:
        return []
    faults = [line.strip() for line in lines if validator.fault.search(line)]
    return faults or [f"exit code {done.returncode}: {' '.join(lines[-3:]).strip() or 'no reason is given'}"]
