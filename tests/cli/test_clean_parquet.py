"""`kliping clean --parquet`: a row for a row, in any number of row groups, and what is wrong in plain words."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from archiver.errors import ExitCode
from tests.cli.test_clean import KEPT, TEXT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Done

    Kliping = Callable[..., Done]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return tmp_path / "corpus.parquet"


def rows(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = parquet.read_table(path).to_pylist()
    return found


def test_each_row_is_answered_in_its_order(kliping: Kliping, corpus: Path, tmp_path: Path) -> None:
    given = {"id": ["a", "b", "c"], "url": [None, "https://tekno.tempo.co/read/1/x", None], "text": [TEXT, "", "Baik"]}
    parquet.write_table(pa.table(given), corpus, row_group_size=2)
    done = kliping("clean", "--parquet", corpus, "-o", "out.parquet")
    assert (done.code, done.out, done.err) == (0, "", "out.parquet: 3 rows answered\n")
    first, second, third = rows(tmp_path / "out.parquet")
    assert first["kept"] == KEPT
    (cut,) = first["removed"]
    assert (cut["text"], cut["kind"], cut["line"]) == ("Baca juga: Harga Beras Turun", "related_inline", 5)
    assert cut["rule"]
    assert (first["id"], first["rerouted"], first["error"]) == ("a", [], None)
    assert second == {"id": "b", "kept": [], "removed": [], "rerouted": [], "error": None}
    assert (third["id"], third["kept"]) == ("c", ["Baik"])


def test_the_answers_are_those_of_plain_text(kliping: Kliping, corpus: Path, tmp_path: Path) -> None:
    texts = [f"{TEXT}\nKabar nomor {number} datang dari kota di tepi sungai.\n" for number in range(5000)]
    parquet.write_table(pa.table({"text": pa.array(texts).dictionary_encode()}), corpus, row_group_size=1500)
    kliping("clean", "--parquet", corpus, "-o", "out.parquet")
    answers = rows(tmp_path / "out.parquet")
    assert [answer["id"] for answer in answers] == list(range(5000))
    assert all(answer["kept"] == [*KEPT, texts[at].split("\n")[-2]] for at, answer in enumerate(answers))


def test_columns_of_other_names(kliping: Kliping, corpus: Path, tmp_path: Path) -> None:
    given = {"nomor": pa.array([7], pa.int16()), "isi": pa.array([TEXT], pa.large_string()), "text": [1]}
    parquet.write_table(pa.table(given), corpus)
    arguments = ("--text-column", "isi", "--id-column", "nomor")
    assert kliping("clean", "--parquet", corpus, *arguments, "-o", "out.parquet").code == 0
    assert parquet.read_schema(tmp_path / "out.parquet").field("id").type == pa.int16()
    assert rows(tmp_path / "out.parquet")[0]["kept"] == KEPT


def test_a_bad_row_is_answered_too(kliping: Kliping, corpus: Path, tmp_path: Path) -> None:
    undecodable = pa.array([b"Baik", b"\xff\xfe", None]).cast(pa.string(), safe=False).view(pa.string())
    parquet.write_table(pa.table({"id": [1, 2, 3], "text": undecodable}), corpus)
    done = kliping("clean", "--parquet", corpus, "-o", "out.parquet")
    assert done.code == ExitCode.BAD_DATA
    assert done.err.endswith('kliping: 2 bad rows: the column "error" says what is wrong\n')
    answers = rows(tmp_path / "out.parquet")
    assert [answer["error"] for answer in answers] == [None, "the text is no UTF-8", "the text is null"]
    assert [answer["kept"] for answer in answers] == [["Baik"], None, None]


def test_no_rows_give_no_rows(kliping: Kliping, corpus: Path, tmp_path: Path) -> None:
    parquet.write_table(pa.table({"text": pa.array([], pa.string())}), corpus)
    assert kliping("clean", "--parquet", corpus, "-o", "out.parquet").code == 0
    assert rows(tmp_path / "out.parquet") == []


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--parquet", "a.parquet"], ExitCode.USAGE, "kliping clean --parquet FILE -o OUT"),
        (["--parquet", "-", "-o", "out"], ExitCode.USAGE, "not stdin"),
        (["--parquet", "a.parquet", "b.parquet", "-o", "out"], ExitCode.USAGE, "reads one file"),
        (["--parquet", "a.parquet", "-o", "a.parquet"], ExitCode.USAGE, "a.parquet is the file that is read"),
        (["--parquet", "--jsonl", "a.parquet", "-o", "out"], ExitCode.USAGE, "choose one"),
        (["--parquet", "--url", "https://tempo.co/", "a.parquet", "-o", "out"], ExitCode.USAGE, "names its own"),
        (["a.parquet", "-o", "out"], ExitCode.USAGE, "are for --parquet"),
        (["a.parquet", "--id-column", "x"], ExitCode.USAGE, "are for --parquet"),
        (["--parquet", "tiada.parquet", "-o", "out"], ExitCode.NOT_FOUND, "there is no file tiada.parquet"),
        (["--parquet", "broken.parquet", "-o", "out"], ExitCode.BAD_DATA, "broken.parquet cannot be read as Parquet"),
        (["--parquet", ".", "-o", "out"], ExitCode.BAD_DATA, ". cannot be read as Parquet"),
        (["--parquet", "a.parquet", "--text-column", "x", "-o", "out"], ExitCode.BAD_DATA, "only text, size: name"),
        (["--parquet", "a.parquet", "--text-column", "size", "-o", "out"], ExitCode.BAD_DATA, "holds int64"),
        (["--parquet", "a.parquet", "-o", "no/folder"], ExitCode.CANNOT_WRITE, "cannot write no/folder"),
    ],
)
def test_what_cannot_be_done(
    kliping: Kliping, tmp_path: Path, arguments: list[str], code: ExitCode, message: str
) -> None:
    parquet.write_table(pa.table({"text": ["Baik"], "size": [4]}), tmp_path / "a.parquet")
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 bukan")
    done = kliping("clean", *arguments)
    assert (done.code, done.out) == (code, "")
    assert message in done.err
    assert done.err.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.parquet", "broken.parquet"]


def test_a_damaged_row_group(kliping: Kliping, corpus: Path, tmp_path: Path) -> None:
    parquet.write_table(pa.table({"text": [TEXT * 50]}), corpus, compression="none", use_dictionary=False)
    content = bytearray(corpus.read_bytes())
    content[4:60] = b"\xff" * 56
    corpus.write_bytes(content)
    done = kliping("clean", "--parquet", corpus, "-o", "out.parquet")
    assert (done.code, done.err.count("\n")) == (ExitCode.BAD_DATA, 1)
    assert "is damaged" in done.err
    assert not (tmp_path / "out.parquet").exists()


def test_without_pyarrow(kliping: Kliping, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "archiver.parquet", None)
    done = kliping("clean", "--parquet", corpus, "-o", "out.parquet")
    assert done.code == ExitCode.CONFIG
    assert done.err == (
        "kliping: --parquet needs pyarrow, which is not installed: install Kliping with its extra [parquet]\n"
    )
