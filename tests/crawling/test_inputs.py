"""Finding the WARC files that a replay is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.crawling.inputs import find_warcs, open_inputs
from archiver.errors import BadDataError, NotFoundError
from tests.crawling.support import SITE, story, write_warc


def test_files_folders_and_names_without_their_ending(tmp_path: Path) -> None:
    (tmp_path / "tempo").mkdir()
    for name in ("tempo/b.warc.gz", "tempo/a.warc", "tempo/a.json", "tempo/c.warc.gz.open"):
        (tmp_path / name).write_bytes(b"")
    both = (tmp_path / "tempo/a.warc", tmp_path / "tempo/b.warc.gz")
    assert find_warcs([tmp_path]) == both
    assert find_warcs([tmp_path / "tempo/b", tmp_path / "tempo/a.warc"]) == both[::-1]
    assert find_warcs([tmp_path, both[1]]) == both
    for nothing in ("tempo/z", "tempo/a.json/x"):
        with pytest.raises(NotFoundError, match="there is no WARC file at"):
            find_warcs([tmp_path / nothing])


def test_an_empty_folder_is_no_input(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        find_warcs([tmp_path])


def test_the_good_part_of_a_damaged_file_is_used(tmp_path: Path) -> None:
    path = write_warc(tmp_path / "in", {"/read/1": story("Cibodas")})
    path.write_bytes(path.read_bytes() + b"and then something else")
    size = path.stat().st_size - len(b"and then something else")
    inputs = open_inputs([path], tmp_path)
    assert inputs.index.urls() == [f"{SITE}/read/1"]
    assert [damage.partition(" no record")[0] for damage in inputs.damage] == [f"{path}: byte {size}:"]


def test_several_damaged_files(tmp_path: Path) -> None:
    for name in ("a.warc", "b.warc"):
        (tmp_path / name).write_bytes(b"nonsense")
    with pytest.raises(BadDataError, match=r"a\.warc: byte 0.*; .*b\.warc: byte 0"):
        open_inputs(find_warcs([tmp_path]), tmp_path)
