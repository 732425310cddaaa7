import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.extraction.bylines import Byline, names, parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Laras Anggana, Jurnalis ·", Byline(("Laras Anggana",))),
        ("Laras Anggana Jurnalis", Byline(("Laras Anggana",))),
        ("Penulis: Bayu Segara | Editor: Ani Wulan", Byline(("Bayu Segara",), ("Ani Wulan",))),
        ("Penulis | : Bayu Segara", Byline(("Bayu Segara",))),
        ("Pewarta: Bayu Segara dan Ani W", Byline(("Bayu Segara", "Ani W"))),
        ("Editor : Ani Wulan", Byline((), ("Ani Wulan",))),
        ("Red: Ani Wulan", Byline((), ("Ani Wulan",))),
        ("Rep: Bayu Segara/ Red: Ani Wulan", Byline(("Bayu Segara",), ("Ani Wulan",))),
        ("Rep/Red: Ani Wulan", Byline((), ("Ani Wulan",))),
        ("Sumber: Kantor Cuaca", Byline((), (), "Kantor Cuaca")),
        ("RARAS WENING | HDK", Byline(("RARAS WENING",))),
        ("(Bayu Segara)", Byline(("Bayu Segara",))),
        ("Bayu Segara - detikinet", Byline(("Bayu Segara",))),
        ("Kontributor Padang, Bayu Segara", Byline(("Bayu Segara",))),
        ("Laporan Wartawan Tribunnews.com, Bayu Segara", Byline(("Bayu Segara",))),
        ("Reporter", Byline()),
        ("https://www.facebook.com/someone", Byline()),
    ],
)
def test_bylines_as_printed(text: str, expected: Byline) -> None:
    assert parse(text) == expected


def test_the_site_is_no_author() -> None:
    assert names("Okezone", brands=("Okezone",)) == ()


def test_a_date_is_no_author() -> None:
    assert names("Jumat, 4 Agustus 2017 14:54 WIB") == ()


@given(st.text(max_size=120))
def test_no_text_raises(text: str) -> None:
    parse(text)
