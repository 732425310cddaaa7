from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from archiver.article import Image
from archiver.takedown.words import words_of
from tests.catalog.support import article
from tests.takedown.support import FIRST, SECOND, TITLE, URL
from tests.warc.samples import exchange, message, write
from warc.read import read_records

if TYPE_CHECKING:
    from pathlib import Path

    from archiver.takedown.words import Mention
    from warc.read import Record

ARTICLE = article(title=TITLE, lead=None, text=f"{FIRST}\n\n{SECOND}", images=(Image("x", SECOND.upper()),))
WORDS = words_of([ARTICLE])
PIECE = " ".join(FIRST.split()[2:11])


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        (FIRST, "passage"),
        (f"… {PIECE} …", "passage"),
        (PIECE.upper().replace(" ", "\n  "), "passage"),
        (f'kata "{PIECE}", tulisnya', "passage"),
        (" ".join(FIRST.split()[2:9]), None),
        (TITLE, "headline"),
        (f"Baca juga: “{TITLE.lower()}”", "headline"),
        (f"{TITLE} dan {PIECE}", "passage"),
        (" ".join(TITLE.split()[:-1]), None),
        ("https://uji.example/read/1/" + TITLE.lower().replace(" ", "-"), None),
        ("", None),
    ],
)
def test_in_a_text(text: str, mention: Mention | None) -> None:
    assert WORDS.find(text) == mention


def test_words_of_every_version_and_no_short_title() -> None:
    words = words_of([ARTICLE, article(title="Dua kata", lead=PIECE, text="")])
    assert words.find(SECOND) == "passage"
    assert words.find("Dua kata") is None
    assert words_of([article(title=None, lead=None, text="Pendek saja.")]).find("Pendek saja.") is None


def record(folder: Path, body: bytes, *headers: str) -> Record:
    path = write(folder, exchange("https://lain.example/x", message(body, *headers)))
    return next(record for record in read_records(path) if record.ref.type == "response")


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{PIECE}</p>",
        PIECE.replace("batok", "<b>batok</b>").replace(",", "<i>,</i>"),
        f'<a href="{URL}">{PIECE.replace(" ", "&nbsp; ", 1)}</a>',
        f'<meta property="og:description" content="{PIECE}">',
        f"<img alt='{PIECE}'>",
        f'<script type="application/ld+json">{{"articleBody":"Lain.\\n{PIECE} \\"ya\\""}}</script>',
        f"<rss><item><description><![CDATA[<p>{PIECE}</p>]]></description></item></rss>",
        f"<rss><item><description>&lt;p&gt;{PIECE}&lt;/p&gt;</description></item></rss>",
        f"<rss><item><description>&lt;img alt=&quot;{PIECE}&quot;&gt;</description></item></rss>",
        f'{{"isi": "x {PIECE} y"}}',
    ],
)
def test_in_markup(tmp_path: Path, body: str) -> None:
    assert WORDS.find_in(record(tmp_path, body.encode())) == "passage"


def test_in_other_encodings(tmp_path: Path) -> None:
    packed = gzip.compress(PIECE.encode())
    for number, (body, header) in enumerate(
        [
            (packed, "Content-Encoding: gzip"),
            (packed, "Content-Language: id"),
            (f"caf\xe9 {PIECE}".encode("cp1252"), "Content-Language: id"),
            (PIECE.encode("utf-16"), "Content-Language: id"),
        ]
    ):
        assert WORDS.find_in(record(tmp_path / str(number), body, header)) == "passage"


def test_what_cannot_be_searched_is_said(tmp_path: Path) -> None:
    assert WORDS.find_in(record(tmp_path / "a", b"?" * 99, "Content-Encoding: zstd")) == "unreadable"
    assert WORDS.find_in(record(tmp_path / "b", b"<p>lain</p>")) is None


def test_in_texts_and_notes(tmp_path: Path) -> None:
    from tests.catalog.support import Writer  # noqa: PLC0415 - for this test alone

    with Writer(tmp_path / "archive") as writer:
        writer.clip(title=TITLE, text=FIRST)
    (path,) = writer.archive.warc_files()
    found = {record.ref.type: WORDS.find_in(record) for record in read_records(path)}
    assert found == {
        "warcinfo": None,
        "response": "passage",  # the test's page is made of the article's fields
        "request": None,
        "conversion": "passage",
        "metadata": "passage",
    }
