from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.warc.samples import chunked_message, exchange, write, writer
from warc.cdxj import cdxj_name
from warc.errors import WarcWriteError
from warc.read import read_records
from warc.repair import repair, write_missing_indexes
from warc.verify import verify


def left_open(folder: Path, cut: int) -> Path:
    """What a writer leaves that is killed `cut` bytes before the end of its third capture."""
    path = write(folder, *(exchange(f"https://www.example.com/{i}", chunked_message(b"%d" % i)) for i in range(3)))
    (folder / cdxj_name(path.name)).unlink()
    path.write_bytes(path.read_bytes()[: path.stat().st_size - cut])
    return path.rename(path.with_name(path.name + ".open"))


def test_a_left_over_file_is_cut_and_finished(tmp_path: Path) -> None:
    open_path = left_open(tmp_path, 5)
    size = open_path.stat().st_size
    (repaired,) = repair(tmp_path)
    assert repaired.path == open_path.with_suffix("")
    assert not open_path.exists()
    assert repaired.records == 6
    assert repaired.path.stat().st_size == size - repaired.cut
    assert [record.ref.type for record in read_records(repaired.path)][-1] == "response"
    assert list(verify([repaired.path], index_directory=tmp_path)) == []
    assert repair(tmp_path) == []


def test_every_cut_leaves_a_valid_file(tmp_path: Path) -> None:
    whole = left_open(tmp_path / "whole", 0).read_bytes()
    for size in range(0, len(whole), 37):
        folder = tmp_path / str(size)
        folder.mkdir()
        (folder / "a.warc.gz.open").write_bytes(whole[:size])
        (repaired,) = repair(folder)
        if repaired.path:
            assert list(verify([repaired.path], index_directory=folder)) == []
            assert whole.startswith(repaired.path.read_bytes())
        else:
            assert list(folder.iterdir()) == []


def test_a_file_that_is_being_written_is_left_alone(tmp_path: Path) -> None:
    warc_writer = writer(tmp_path)
    warc_writer.write_exchange(exchange())
    assert repair(tmp_path) == []
    (path,) = warc_writer.close()
    assert list(verify([path])) == []


def test_the_index_goes_where_it_is_wanted(tmp_path: Path) -> None:
    left_open(tmp_path / "warc", 0)
    (repaired,) = repair(tmp_path / "warc", index_directory=tmp_path / "index")
    assert repaired.path
    assert [path.name for path in (tmp_path / "index").iterdir()] == [cdxj_name(repaired.path.name)]


def test_a_finished_file_is_never_overwritten(tmp_path: Path) -> None:
    open_path = left_open(tmp_path, 0)
    finished = open_path.with_suffix("")
    finished.write_bytes(b"precious")
    with pytest.raises(WarcWriteError, match="exists already"):
        repair(tmp_path)
    assert finished.read_bytes() == b"precious"
    assert open_path.exists()


KILLED = """
import sys
from pathlib import Path
from tests.warc.samples import chunked_message, exchange, writer
warc_writer = writer(Path(sys.argv[1]))
for number in range(100_000):
    warc_writer.write_exchange(exchange(f"https://www.example.com/{number}", chunked_message(b"%d" % number * 999)))
    print(number, flush=True)
"""


def test_a_killed_writer_loses_no_capture_that_it_has_reported(tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root) as process:
        assert process.stdout
        reported = [int(process.stdout.readline()) for _ in range(200)]
        os.kill(process.pid, signal.SIGKILL)
        reported += [int(line) for line in process.stdout.read().split()]
    (repaired,) = repair(tmp_path)
    assert repaired.path
    urls = {record.ref.url for record in read_records(repaired.path) if record.ref.type == "response"}
    assert urls >= {f"https://www.example.com/{number}" for number in reported}
    assert list(verify([repaired.path], index_directory=tmp_path)) == []


def test_a_record_that_is_nothing_alone_goes_with_the_one_that_is_missing(tmp_path: Path) -> None:
    warc_writer = writer(tmp_path)
    captured = warc_writer.write_exchange(exchange())
    assert captured
    warc_writer.write_conversion("https://www.example.com/a", "Selamat pagi.", captured)
    (path,) = warc_writer.close()
    (tmp_path / cdxj_name(path.name)).unlink()
    path.rename(path.with_name(path.name + ".open"))
    (repaired,) = repair(tmp_path, never_last={"conversion"})
    assert repaired.path
    assert [record.ref.type for record in read_records(repaired.path)] == ["warcinfo", "response", "request"]


def test_a_finished_file_without_an_index_gets_one(tmp_path: Path) -> None:
    path = write(tmp_path, exchange())
    other = write(tmp_path, exchange())
    damaged = tmp_path / "damaged.warc.gz"
    damaged.write_bytes(path.read_bytes()[:-3])
    cdxj = tmp_path / cdxj_name(path.name)
    expected = cdxj.read_bytes()
    cdxj.unlink()
    assert write_missing_indexes(tmp_path, tmp_path) == [path]
    assert cdxj.read_bytes() == expected
    assert write_missing_indexes(tmp_path, tmp_path) == []
    assert list(verify([path, other], index_directory=tmp_path)) == []
