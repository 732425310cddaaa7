"""`kliping clean`: the story on stdout, counts on stderr, and a corpus line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from archiver.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Done

    Kliping = Callable[..., Done]

STORY = (
    "Pedagang di pasar pagi membuka lapak sejak subuh karena pembeli kembali datang.",
    "Harga cabai naik dua kali lipat sejak pekan lalu, kata para pedagang.",
)
TEXT = f"Pasar Pagi Ramai Lagi\n\n{STORY[0]}\n\nBaca juga: Harga Beras Turun\n\n{STORY[1]}\n"
KEPT = ["Pasar Pagi Ramai Lagi", *STORY]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "berita.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_the_story_alone(kliping: Kliping, file: Path) -> None:
    done = kliping("clean", file)
    assert (done.code, done.out) == (0, "\n\n".join(KEPT) + "\n")
    assert done.err == f"{file}: 3 lines kept, 0 re-routed, 1 removed\n"


def test_lines_stay_as_close_as_they_were(kliping: Kliping, file: Path) -> None:
    file.write_text(TEXT.replace("\n\n", "\n"))
    assert kliping("clean", file).out == "\n".join(KEPT) + "\n"


def test_quiet(kliping: Kliping, file: Path) -> None:
    for arguments in (["clean", "--quiet", file], ["--quiet", "clean", file]):
        done = kliping(*arguments)
        assert (done.out, done.err) == ("\n\n".join(KEPT) + "\n", "")


def test_several_files_have_heads(kliping: Kliping, file: Path) -> None:
    second = file.with_name("lain.txt")
    second.write_text("Kabar lain datang dari kota.\n")
    done = kliping("clean", file, second)
    story = "\n\n".join(KEPT)
    assert done.out == f"==> {file} <==\n{story}\n\n==> {second} <==\nKabar lain datang dari kota.\n"


def test_every_line_with_its_kind(kliping: Kliping, file: Path) -> None:
    done = kliping("clean", "--json", file)
    answer = done.json()
    assert list(answer) == ["file", "kept", "removed", "rerouted"]
    assert answer["kept"] == KEPT
    (removed,) = answer["removed"]
    assert (removed["text"], removed["kind"]) == ("Baca juga: Harga Beras Turun", "related_inline")
    assert removed["rule"]
    assert done.err == ""


def test_stdin_and_byte_order_mark(kliping: Kliping) -> None:
    assert kliping("clean", "-", stdin=b"\xef\xbb\xbf" + TEXT.encode()).out == "\n\n".join(KEPT) + "\n"


@pytest.mark.parametrize("arguments", [["--outlet", "tempo"], ["--url", "https://tekno.tempo.co/read/1/x"]])
def test_the_outlet_is_known_by_name_or_address(kliping: Kliping, file: Path, arguments: list[str]) -> None:
    assert kliping("clean", file, *arguments).code == 0


def test_an_unknown_outlet(kliping: Kliping, file: Path) -> None:
    done = kliping("clean", file, "--outlet", "tiada")
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert "unknown outlet 'tiada'" in done.err


@pytest.mark.parametrize("text", [b"", b"\n\n", b" \t\n"])
def test_an_empty_text_gives_nothing(kliping: Kliping, file: Path, text: bytes) -> None:
    file.write_bytes(text)
    done = kliping("clean", file)
    assert (done.code, done.out) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["tiada.txt"], ExitCode.NOT_FOUND, "there is no file tiada.txt"),
        (["."], ExitCode.BAD_DATA, ". is a folder"),
        (["latin.txt"], ExitCode.BAD_DATA, "latin.txt is no UTF-8 text (byte 3)"),
        (["--jsonl", "tiada.jsonl"], ExitCode.NOT_FOUND, "there is no file tiada.jsonl"),
        (["--jsonl", "--outlet", "tempo", "a.jsonl"], ExitCode.USAGE, "names its own"),
    ],
)
def test_what_cannot_be_read(
    kliping: Kliping, tmp_path: Path, arguments: list[str], code: ExitCode, message: str
) -> None:
    (tmp_path / "latin.txt").write_bytes("Kafé".encode("latin-1"))
    done = kliping("clean", *arguments)
    assert (done.code, done.out) == (code, "")
    assert message in done.err
    assert done.err.count("\n") == 1


def test_a_corpus_is_answered_in_its_order(kliping: Kliping, file: Path) -> None:
    lines = [{"id": "a", "text": TEXT}, {"id": 2, "text": "", "url": "https://tekno.tempo.co/read/1/x"}]
    file.write_bytes(b"".join(msgspec.json.encode(line) + b"\n" for line in lines))
    done = kliping("clean", "--jsonl", file)
    assert done.code == 0
    first, second = done.rows()
    assert list(first) == ["id", "kept", "removed", "rerouted"]
    assert (first["id"], first["kept"]) == ("a", KEPT)
    assert [line["text"] for line in first["removed"]] == ["Baca juga: Harga Beras Turun"]
    assert second == {"id": 2, "kept": [], "removed": [], "rerouted": []}


@pytest.mark.parametrize(
    ("bad", "name"),
    [
        (b"bukan JSON", None),
        (b"[1]", None),
        (b'{"id": 7}', 7),
        (b'{"id": "x", "text": null}', "x"),
        (b'{"text": "tanpa nama"}', None),
        (b'{"id": 1, "text": "\\ud800"}', None),
        (b"\xff\xfe", None),
    ],
)
def test_a_bad_line_is_answered_too(kliping: Kliping, bad: bytes, name: object) -> None:
    done = kliping("clean", "--jsonl", "-", stdin=bad + b'\n{"id": 1, "text": "Baik"}')
    assert done.code == ExitCode.BAD_DATA
    first, second = done.rows()
    assert first["id"] == name
    assert set(first) == {"id", "error"}
    assert second["kept"] == ["Baik"]
    assert done.err == "kliping: 1 bad line: the answer says what is wrong\n"
