from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.warc.samples import PAGE, chunked_message, exchange, message, write
from warc.cdxj import FileIndex, cdxj_name, write_cdxj
from warc.errors import WarcWriteError
from warc.read import read_records
from warc.record import sha1_label

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_gets_its_index_with_its_name(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        exchange("https://www.tempo.co/b?z=1&a=2", chunked_message()),
        exchange("http://tekno.tempo.co:8080/a", seconds=1),
        exchange("https://www.tempo.co/c", seconds=2),
        exchange("https://www.tempo.co/d", message(b"ok"), method="POST", seconds=3),
        exchange("https://www.tempo.co/e", b"", seconds=4, error="Timeout: slow"),
    )
    index = tmp_path / cdxj_name(path.name)
    lines = index.read_text().splitlines()
    keys = [line.split(" ")[0] for line in lines]
    assert keys == ["co,tempo)/b?a=2&z=1", "co,tempo)/c", "co,tempo)/d", "co,tempo,tekno:8080)/a"]
    assert [line.split(" ")[1] for line in lines] == [f"2021050403020{second}" for second in (1, 3, 4, 2)]
    fields = [json.loads(line.split(" ", 2)[2]) for line in lines]
    assert [one["mime"] for one in fields] == ["text/html", "warc/revisit", "text/html", "text/html"]
    assert [one.get("method") for one in fields] == [None, None, "POST", None]
    assert fields[1]["digest"] == fields[3]["digest"] == sha1_label(PAGE)
    assert {one["status"] for one in fields} == {"200"}
    places = {(int(one["offset"]), int(one["length"])) for one in fields}
    assert places <= {(record.ref.offset, record.ref.length) for record in read_records(path)}


def test_the_index_made_from_the_file_is_the_same(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        exchange(received=chunked_message()),
        exchange("https://www.example.com/b", message()[: -len(PAGE)], method="HEAD", seconds=1),
    )
    index = FileIndex()
    for record in read_records(path):
        index.add(record)
    written = (tmp_path / cdxj_name(path.name)).read_text()
    assert "".join(f"{line}\n" for line in sorted(index.lines())) == written


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_names(name: str) -> None:
    assert cdxj_name(name) == "a.cdxj"


def test_lines_are_sorted_by_their_bytes(tmp_path: Path) -> None:
    write_cdxj(sorted(["b", "a z", "a,b", "a)"], key=str.encode), tmp_path / "new" / "x.cdxj")
    assert (tmp_path / "new" / "x.cdxj").read_text() == "a z\na)\na,b\nb\n"
    assert len(list((tmp_path / "new").iterdir())) == 1


def test_an_index_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WarcWriteError, match="cannot write"):
        write_cdxj([], tmp_path / "file" / "x.cdxj")
