"""`kliping extract` on pages, on WARC files, and on what is neither."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import msgspec
import pytest

from archiver.article import Article
from archiver.catalog import Catalog
from archiver.errors import ExitCode
from tests.catalog.support import Writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Done

    Kliping = Callable[..., Done]

URL = "https://contoh.test/read/1/pasar-pagi-ramai-lagi"
BODY = (
    "Pedagang di pasar pagi membuka lapak sejak subuh karena pembeli kembali datang, kata kepala pasar.",
    "Harga cabai naik dua kali lipat sejak pekan lalu, sedangkan harga beras tetap, menurut para pedagang.",
    "Pemerintah kota berjanji memperbaiki jalan menuju pasar itu sebelum musim hujan tiba tahun ini.",
)


def page(*paragraphs: str, title: str = "Pasar pagi ramai lagi", head: str = "") -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or BODY)
    head = f'<title>{title}</title><meta property="og:type" content="article">{head}'
    return f"<html><head>{head}</head><body><article><h1>{title}</h1>{body}</article></body></html>"


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "halaman.html"
    path.write_text(page(), encoding="utf-8")
    return path


def test_a_page_is_one_indented_object_and_nothing_else(kliping: Kliping, saved: Path) -> None:
    done = kliping("extract", saved, "--url", URL)
    assert done.code == 0
    assert done.out.startswith('{\n  "url": "https://contoh.test/read/1/pasar-pagi-ramai-lagi",\n')
    assert done.out.endswith("\n}\n")
    article = msgspec.json.decode(done.out, type=Article)
    assert set(done.json()) == set(Article.__struct_fields__)
    assert (article.title, article.text) == ("Pasar pagi ramai lagi", "\n\n".join(BODY))
    assert done.err == ""


def test_text_is_not_escaped(kliping: Kliping, saved: Path) -> None:
    saved.write_text(page(title="“Kafé” – pagi ini di pasar"), encoding="utf-8")
    assert "“Kafé” – pagi ini di pasar" in kliping("extract", saved, "--url", URL).out


def test_the_text_alone(kliping: Kliping, saved: Path) -> None:
    done = kliping("extract", saved, "--url", URL, "--format", "text")
    assert done.out == "\n\n".join(["Pasar pagi ramai lagi", *BODY]) + "\n"


def test_stdin(kliping: Kliping) -> None:
    assert kliping("extract", "-", "--url", URL, stdin=page().encode()).json()["text"] == "\n\n".join(BODY)


def test_without_an_address_the_page_names_its_own(kliping: Kliping, saved: Path) -> None:
    saved.write_text(page(head=f'<link rel="canonical" href="{URL}">'))
    assert kliping("extract", saved).json()["url"] == URL


def test_without_any_address_it_is_the_files(kliping: Kliping, saved: Path) -> None:
    assert kliping("extract", saved).json()["url"] == saved.as_uri()


@pytest.mark.parametrize("body", [b"", b" \n", b"<html></html>"], ids=["no bytes", "blank", "no text"])
def test_an_empty_page_has_the_outcome_empty(kliping: Kliping, saved: Path, body: bytes) -> None:
    saved.write_bytes(body)
    done = kliping("extract", saved, "--url", URL)
    assert done.code == 0
    assert done.json()["outcome"] == "empty"
    shown = kliping("extract", saved, "--url", URL, "--format", "text")
    assert (shown.code, shown.out) == (0, "")
    assert "this is no article: empty" in shown.err


def test_a_rejected_page_is_printed_with_its_outcome(kliping: Kliping, saved: Path) -> None:
    saved.write_text(page("Maaf.", title="404 Halaman tidak ditemukan"))
    done = kliping("extract", saved, "--url", URL)
    assert done.code == 0
    assert done.json()["outcome"] == "soft_404"
    assert done.json()["evidence"]["outcome"]


@pytest.mark.parametrize("body", [os.urandom(3000), b"\x89PNG\r\n\x1a\n" * 50, b"<" * 9000], ids=["random", "png", "<"])
def test_bytes_that_are_no_page_give_no_traceback(kliping: Kliping, saved: Path, body: bytes) -> None:
    saved.write_bytes(body)
    done = kliping("extract", saved, "--url", URL)
    assert done.code == 0
    assert done.json()["url"] == URL


def test_the_capture_date_chooses_nothing_by_itself(kliping: Kliping, saved: Path) -> None:
    assert kliping("extract", saved, "--url", URL, "--captured", "2021-01-13").code == 0
    assert kliping("extract", saved, "--url", URL, "--captured", "2021-01-13T09:30:00+07:00").code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["tiada.html"], ExitCode.NOT_FOUND, "there is no file tiada.html"),
        (["."], ExitCode.BAD_DATA, ". is a folder"),
        (["tiada.warc.gz"], ExitCode.NOT_FOUND, "there is no file tiada.warc.gz"),
        (["palsu.warc.gz"], ExitCode.BAD_DATA, "palsu.warc.gz: byte 0"),
        (["kosong.warc"], ExitCode.BAD_DATA, "kosong.warc"),
        (["halaman.html", "--url", "contoh.test/x"], ExitCode.USAGE, "begins with https://"),
        (["palsu.warc.gz", "--captured", "2021-01-13"], ExitCode.USAGE, "--captured is for plain files"),
    ],
)
def test_what_cannot_be_read(kliping: Kliping, saved: Path, arguments: list[str], code: ExitCode, message: str) -> None:
    saved.with_name("palsu.warc.gz").write_text("bukan WARC")
    saved.with_name("kosong.warc").touch()
    done = kliping("extract", *arguments)
    assert (done.code, done.out) == (code, "")
    assert done.err.startswith("kliping: ")
    assert message in done.err
    assert done.err.count("\n") == 1


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    """An article of two pages, the second first; one of an outlet; what is no article; a redirect; a 404."""
    pager = f'<link rel="next" href="{URL}?page=2">'
    back = f'<link rel="prev" href="{URL}">'
    with Writer(tmp_path / "arsip") as writer:
        writer.capture(f"{URL}?page=2", page(*(f"Lanjutan. {part}" for part in BODY), head=back).encode())
        writer.capture(URL, page(head=pager).encode())
        writer.capture("https://tekno.tempo.co/read/897133/pasar-pagi", page().encode())
        writer.capture("https://tekno.tempo.co/tag/pasar", page().encode())
        writer.capture("https://contoh.test/pindah", status=404)
    (path,) = writer.archive.warc_files()
    return path


def test_a_warc_file_gives_a_line_for_each_article(kliping: Kliping, warc: Path) -> None:
    done = kliping("extract", warc)
    assert done.code == 0
    joined, other = done.rows()
    assert joined["pages"] == [URL, f"{URL}?page=2"]
    assert joined["complete"]
    assert joined["text"] == "\n\n".join([*BODY, *(f"Lanjutan. {part}" for part in BODY)])
    assert [capture["file"] for capture in joined["captures"]] == [warc.name] * 2
    assert (other["url"], other["outlet"]) == ("https://tekno.tempo.co/read/897133/pasar-pagi", "tempo")


def test_one_address_of_a_warc_file(kliping: Kliping, warc: Path) -> None:
    done = kliping("extract", warc, "--url", f"{URL}?page=2")
    assert done.json()["url"] == URL
    tag = kliping("extract", warc, "--url", "https://tekno.tempo.co/tag/pasar")
    assert tag.json()["url"] == "https://tekno.tempo.co/tag/pasar"


def test_the_texts_of_a_warc_file(kliping: Kliping, warc: Path) -> None:
    done = kliping("extract", warc, "--format", "text")
    assert done.out.startswith(f"==> {URL} <==\n\nPasar pagi ramai lagi\n\n")
    assert done.out.count("==> ") == 2


@pytest.mark.parametrize(
    ("url", "message"),
    [("https://contoh.test/tiada", "is not in"), ("https://contoh.test/pindah", "answered with HTTP 404")],
)
def test_an_address_without_a_page_in_the_file(kliping: Kliping, warc: Path, url: str, message: str) -> None:
    done = kliping("extract", warc, "--url", url)
    assert (done.code, done.out) == (ExitCode.NOT_FOUND, "")
    assert url in done.err
    assert message in done.err


def test_a_damaged_warc_file_gives_what_stands_before_the_damage(kliping: Kliping, warc: Path) -> None:
    with Catalog(warc.parent.parent / "catalog.db") as catalog:
        places = [
            catalog.record(capture["record_id"])
            for row in kliping("extract", warc).rows()
            for capture in row["captures"]
        ]
    *_, last = places
    assert last is not None
    os.truncate(warc, last.offset + 10)
    for arguments in (["extract", warc], ["extract", warc, "--url", URL]):
        done = kliping(*arguments)
        assert done.code == ExitCode.BAD_DATA
        assert msgspec.json.decode(done.out)["pages"] == [URL, f"{URL}?page=2"]
        assert done.err.startswith(f"kliping: {warc}: byte {last.offset}: ")
        assert done.err.count("\n") == 1


def test_offsets_lead_back_to_the_page(kliping: Kliping, saved: Path) -> None:
    saved.write_text(page(BODY[0], "Baca juga: Harga Beras Turun", f"{BODY[1]} <b>Rapat</b> &amp; musyawarah."))
    answer = kliping("extract", saved, "--url", URL, "--offsets").json()
    source = saved.read_text()
    found = answer.pop("offsets")
    assert answer == kliping("extract", saved, "--url", URL).json()
    assert [len(found[name]) for name in ("blocks", "rerouted", "removed")] == [2, 0, 1]
    first, second = found["blocks"]
    shown = [source[slice(*place)] for place in (*found["title"], *first, *found["removed"][0])]
    assert shown == ["Pasar pagi ramai lagi", BODY[0], "Baca juga: Harga Beras Turun"]
    assert [source[slice(*place)] for place in second] == [BODY[1], "Rapat", "&amp; musyawarah."]
    assert found["lead"] is None


def test_offsets_are_for_json(kliping: Kliping, saved: Path) -> None:
    done = kliping("extract", saved, "--offsets", "--format", "text")
    assert (done.code, done.out) == (ExitCode.USAGE, "")
    assert "--offsets is for --format json" in done.err


def test_offsets_of_a_page_without_text(kliping: Kliping, saved: Path) -> None:
    saved.write_bytes(b"")
    found = kliping("extract", saved, "--url", URL, "--offsets").json()["offsets"]
    assert found == {"title": None, "lead": None, "blocks": [], "rerouted": [], "removed": []}
