"""What a line looks like, told by its punctuation, capitals and numbers."""

from __future__ import annotations

import re

import pytest

from archiver.extraction import shapes


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Rabu, 4 Maret 2020 09:15 WIB", True),
        ("04/03/2020, 09.15", True),
        ("3 jam lalu", True),
        ("2 hours ago", True),
        ("Rabu pagi", False),
        ("Pasar itu dibuka pada Rabu, 4 Maret 2020, setelah lama tutup.", False),
    ],
)
def test_a_date_line_is_nothing_but_a_date(line: str, *, expected: bool) -> None:
    assert shapes.is_date_line(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Pasar itu dibuka lagi.", True),
        ("“Kami sudah lama menunggu!”", True),
        ("Pasar Dibuka Lagi", False),
        ("Apakah pasar dibuka lagi?", False),
        ("Tutup lagi.", False),
        ("kata " * 40, True),
    ],
)
def test_prose_is_a_sentence_of_some_length(line: str, *, expected: bool) -> None:
    assert shapes.is_prose(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Tiga Dermaga Lapuk Diganti", True),
        ("“Pulang Kampung” ke Hulu Sungai", True),
        ("7 Pasar Apung yang Masih Ramai", True),
        ("Apa Kabar Pasar Apung?", True),
        ("dermaga lapuk akhirnya diganti", False),
        ("Tiga dermaga lapuk diganti.", False),
        ("Dermaga Lapuk", False),
    ],
)
def test_a_title_opens_with_a_capital_and_does_not_stop(line: str, *, expected: bool) -> None:
    assert shapes.is_title(line) is expected


def test_a_teaser_is_short() -> None:
    assert shapes.is_teaser("Pasar dibuka. Warga datang. Perahu penuh.")
    assert not shapes.is_teaser("Pasar dibuka. Warga datang. Perahu penuh. Hari itu hujan.")
    assert not shapes.is_teaser("kata " * 90)


@pytest.mark.parametrize(
    ("line", "expected"), [("• Satu", True), ("- Dua", True), ("1. Tiga", False), ("-Empat", False)]
)
def test_a_bullet_is_no_number(line: str, *, expected: bool) -> None:
    assert shapes.is_bulleted(line) is expected


def test_headline_case() -> None:
    assert shapes.is_headline_case("Tiga Dermaga Lapuk di Hulu Diganti")
    assert not shapes.is_headline_case("Tiga dermaga lapuk di Hulu diganti")
    assert not shapes.is_headline_case("Pasar Apung Karang")


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("name", "Sari Melati"),
        ("name", "Bagas van Oranye"),
        ("names", "Sari Melati, Bagas Wiratama dan Tirta"),
        ("moment", "Rabu, 4 Maret 2020 | pukul 09.15 WIB"),
        ("moment", "March 4, 2020"),
        ("ago", "10 menit lalu"),
    ],
)
def test_fragments_of_patterns(fragment: str, text: str) -> None:
    assert re.fullmatch(shapes.FRAGMENTS[fragment], text)
    assert not re.fullmatch(shapes.FRAGMENTS[fragment], text.lower() + " kemarin sore")
