"""Findings that somebody has looked at and lets stand, with the reason: `check.toml` in the folder of fixtures.

It is a list of tables `accepted`, each with a `reason` and `findings`, the keys of what it stands for:
`findings = ["dead drop share .sharebox"]`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from archiver.errors import BadDataError, CannotWriteError, NotFoundError
from archiver.linting.findings import Finding

FILE_NAME: Final = "check.toml"


class Acceptance(Struct, frozen=True, forbid_unknown_fields=True):
    """Some findings, by their keys, and why they stand."""

    reason: str
    findings: tuple[str, ...]


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    accepted: tuple[Acceptance, ...] = ()


@dataclass(frozen=True, slots=True)
class Sorted:
    """Findings by what is to be done: those that are open, those that stand, and accepted ones that are gone."""

    open: tuple[Finding, ...]
    accepted: tuple[tuple[Finding, str], ...]
    gone: tuple[str, ...]


def read_accepted(path: Path) -> tuple[Acceptance, ...]:
    """What the file says; nothing where there is none. Raises `BadDataError`, `NotFoundError`."""
    if not path.exists():
        return ()
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _File).accepted
    except OSError as error:
        raise NotFoundError(f"cannot read {path}: {error.strerror}; make it readable") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise BadDataError(f"{path}: {error}; correct the file") from error


def sort(findings: Iterable[Finding], accepted: Iterable[Acceptance]) -> Sorted:
    """The findings, each with its reason if it has one."""
    reasons = {key: item.reason for item in accepted for key in item.findings}
    found = list(findings)
    keys = {finding.key for finding in found}
    return Sorted(
        tuple(finding for finding in found if finding.key not in reasons),
        tuple((finding, reasons[finding.key]) for finding in found if finding.key in reasons),
        tuple(key for key in reasons if key not in keys),
    )


def accept(path: Path, findings: Sequence[Finding], reason: str) -> None:
    """Add the findings with the reason; those of the same reason stand together.

    Raises as `read_accepted` does, and `CannotWriteError`.
    """
    by_reason = {item.reason: list(item.findings) for item in read_accepted(path)}
    by_reason.setdefault(reason, []).extend(finding.key for finding in findings)
    text = "\n".join(_table(why, sorted(set(keys))) for why, keys in by_reason.items())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CannotWriteError(f"cannot write {path}: {error.strerror}; make the folder writable") from error


def _table(reason: str, keys: Sequence[str]) -> str:
    lines = [f"    {_literal(key)}," for key in keys]
    return "\n".join(["[[accepted]]", f"reason = {_literal(reason)}", "findings = [", *lines, "]", ""])


def _literal(text: str) -> str:
    """A basic string of TOML: what JSON writes is one."""
    return msgspec.json.encode(text).decode()
