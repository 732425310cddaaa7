"""`kliping xray` on pages and WARC files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from archiver.errors import ExitCode
from tests.extraction.pages import URL, html

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Done

    Kliping = Callable[..., Done]

FIXTURES = Path(__file__).parents[2] / "fixtures"
JOINED = FIXTURES / "tribunnews" / "jembatan-lenggar.warc.gz"


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "halaman.html"
    path.write_text(html(head='<meta property="og:type" content="article">'), encoding="utf-8")
    return path


def test_a_saved_page(kliping: Kliping, saved: Path, tmp_path: Path) -> None:
    done = kliping("xray", saved, "--url", URL, "--captured", "2020-03-05", "-o", tmp_path / "x.html")
    assert done.code == ExitCode.OK
    assert done.out == ""
    assert done.err == f"{tmp_path / 'x.html'}: Pasar Apung Karang Dibuka Lagi (saved)\n"
    drawing = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert drawing.startswith("<!doctype html>")
    assert "2020-03-05 00:00+00:00" in drawing


def test_to_stdout_from_stdin(kliping: Kliping) -> None:
    done = kliping("xray", "-", "--url", URL, "-o", "-", stdin=html().encode())
    assert done.code == ExitCode.OK
    assert done.out.startswith("<!doctype html>")
    assert done.err == ""


def test_all_pages_of_the_article_in_a_warc_file(kliping: Kliping, tmp_path: Path) -> None:
    assert kliping("xray", JOINED, "-o", tmp_path / "x.html", "--quiet").code == ExitCode.OK
    assert "Page 3 of 3" in (tmp_path / "x.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["{saved}"], ExitCode.USAGE, "Missing option '-o'"),
        (["tiada.html", "-o", "x.html"], ExitCode.NOT_FOUND, "there is no file tiada.html"),
        (["tiada.warc.gz", "-o", "x.html"], ExitCode.NOT_FOUND, "there is no file tiada.warc.gz"),
        (["{saved}", "--url", "contoh.id", "-o", "x.html"], ExitCode.USAGE, "is no web address"),
        (["{saved}", "--url", URL, "-o", "tiada/x.html"], ExitCode.CANNOT_WRITE, "cannot write tiada/x.html"),
        (["{joined}", "--url", "https://contoh.id/", "-o", "x.html"], ExitCode.NOT_FOUND, "is not in"),
        (["{joined}", "--captured", "2020-03-05", "-o", "x.html"], ExitCode.USAGE, "--captured is for plain files"),
    ],
)
def test_what_cannot_be_drawn(
    kliping: Kliping, saved: Path, arguments: list[str], code: ExitCode, message: str
) -> None:
    done = kliping("xray", *(argument.format(saved=saved, joined=JOINED) for argument in arguments))
    assert done.code == code
    assert message in done.err
    assert not Path("x.html").exists()


def test_one_of_many_articles_has_to_be_named(kliping: Kliping, tmp_path: Path) -> None:
    both = tmp_path / "both.warc.gz"
    both.write_bytes(JOINED.read_bytes() + (FIXTURES / "winpoin" / "kibor-braille.warc.gz").read_bytes())
    done = kliping("xray", both, "-o", "x.html")
    assert done.code == ExitCode.USAGE
    assert "holds 2 articles: name one with --url: https://belitung.tribunnews.com/" in done.err
