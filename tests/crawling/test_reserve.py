"""Room for the end of a run."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from archiver.crawling.reserve import SIZE, take_reserve
from archiver.errors import CannotWriteError


def test_the_room_is_taken_without_a_name_and_given_back(tmp_path: Path) -> None:
    with take_reserve(tmp_path) as reserve:
        assert os.fstat(reserve.fileno()).st_blocks * 512 >= SIZE
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("error", "refused"), [(errno.ENOSPC, True), (errno.EDQUOT, True), (errno.EFBIG, False)])
def test_a_run_does_not_begin_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int, *, refused: bool
) -> None:
    def full(descriptor: int, offset: int, length: int) -> None:  # noqa: ARG001 - the system's arguments
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(os, "posix_fallocate", full)
    if refused:
        with pytest.raises(CannotWriteError, match=r"cannot write .*; a run needs 4 MB at least, make room"):
            take_reserve(tmp_path)
    else:
        take_reserve(tmp_path).close()
