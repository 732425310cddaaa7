"""Commands are run in this process, as the shell would: arguments in, exit code and bytes out."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
import pytest

from archiver.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str

    def json(self) -> Any:
        return msgspec.json.decode(self.out)

    def rows(self) -> list[Any]:
        return [msgspec.json.decode(line) for line in self.out.splitlines()]


@pytest.fixture
def kliping(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., Done]:
    """`kliping(*arguments, stdin=b"")`, in an empty working directory without a kliping.toml."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KLIPING_DEBUG", raising=False)

    def run(*arguments: object, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main([str(argument) for argument in arguments])
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return Done(int(code), out.decode(), err.decode())

    return run
