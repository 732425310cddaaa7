"""Files that commands write: whole or not at all."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver.cli.output import fresh_file, write_file
from archiver.errors import CannotWriteError


def test_a_file_takes_its_name_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "out.html"
    target.write_bytes(b"before")
    with fresh_file(target) as file:
        file.write(b"after")
        assert target.read_bytes() == b"before"
    assert target.read_bytes() == b"after"
    assert list(tmp_path.iterdir()) == [target]


def _breaking_off() -> Iterator[bytes]:
    yield b"t"
    raise ValueError("half")


def test_what_fails_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "out.html"
    target.write_bytes(b"before")
    with pytest.raises(ValueError, match="half"):
        write_file(target, _breaking_off())
    assert target.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotWriteError, match=r"out\.html: No such file"):
        write_file(tmp_path / "none" / "out.html", [b"x"])


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_file(pipe, [b"one ", b"two"])
    reader.join(timeout=10)
    assert read == [b"one two"]
    assert pipe.is_fifo()
