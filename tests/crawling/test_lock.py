"""One run at a time for each outlet."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from archiver.crawling.lock import archive_lock, outlet_locks
from archiver.errors import CannotWriteError, LockedError

HOLD = """
import pathlib, sys, time
from archiver.crawling.lock import outlet_locks
with outlet_locks(pathlib.Path(sys.argv[1]), ["tempo"]):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_holder_is_named_and_other_outlets_are_free(tmp_path: Path) -> None:
    with outlet_locks(tmp_path, ["tempo"]):
        message = rf"another run of tempo .*process {os.getpid()}"
        with pytest.raises(LockedError, match=message), outlet_locks(tmp_path, ["okezone", "tempo"]):
            pytest.fail("both hold it")
        with outlet_locks(tmp_path, ["okezone"]):
            pass
    with outlet_locks(tmp_path, ["tempo", "tempo"]):
        pass


def test_a_killed_holder_holds_nothing(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(LockedError, match=f"process {holder.pid}"), outlet_locks(tmp_path, ["tempo"]):
            pytest.fail("both hold it")
        holder.send_signal(signal.SIGKILL)
    with outlet_locks(tmp_path, ["tempo"]):
        pass


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(CannotWriteError, match=r"cannot write .*tempo\.lock"),
        outlet_locks(tmp_path / "file", ["tempo"]),
    ):
        pytest.fail("a file is no folder")


def test_an_archive_is_written_by_several_or_changed_by_one(tmp_path: Path) -> None:
    message = "another run writes to this archive"
    with (
        archive_lock(tmp_path, alone=False),
        archive_lock(tmp_path, alone=False),
        pytest.raises(LockedError, match=message),
        archive_lock(tmp_path, alone=True),
    ):
        pytest.fail("changed while others write")
    with archive_lock(tmp_path, alone=True):
        for alone in (True, False):
            with pytest.raises(LockedError), archive_lock(tmp_path, alone=alone):
                pytest.fail("not alone")
