from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.extraction import dates

WIB = timezone(timedelta(hours=7))


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Kamis, 5 November 2015 - 15:56 wib", "2015-11-05T15:56:00+07:00"),
        ("Jum'at, 17 Februari 2017 - 13:30 wib", "2017-02-17T13:30:00+07:00"),
        ("Kamis 09 Juli 2020 07:26 WIB", "2020-07-09T07:26:00+07:00"),
        ("Selasa 01 Agustus 2017, 14:54 WIB", "2017-08-01T14:54:00+07:00"),
        ("Jum’at, 29 Agustus 2025 |13:10 WIB", "2025-08-29T13:10:00+07:00"),
        ("24 Juli 2026 | 09.00 WIB", "2026-07-24T09:00:00+07:00"),
        ("27 Oct 2016 18:33:36 WIB", "2016-10-27T18:33:36+07:00"),
        ("Tayang: Kamis, 9 Januari 2025 09:12 WITA", "2025-01-09T09:12:00+08:00"),
        ("Kamis, 05/11/2015 10:08 WIT", "2015-11-05T10:08:00+09:00"),
        ("on 16 Feb 2016 at 09:10 WIB", "2016-02-16T09:10:00+07:00"),
        ("November 5, 2015 3:07 pm", "2015-11-05T15:07:00+07:00"),
        ("Thu, 05 Nov 2015 10:00:26 +0800", "2015-11-05T10:00:26+08:00"),
        ("2020-07-09 07:26:05", "2020-07-09T07:26:05+07:00"),
        ("2015-11-05 T10:08:58Z", "2015-11-05T10:08:58+00:00"),
        ("29 August 2025", "2025-08-29"),
        ("Selasa (1/8/2017)", "2017-08-01"),
    ],
)
def test_forms_that_outlets_print(text: str, iso: str) -> None:
    moment = dates.parse(text)
    assert moment is not None
    assert moment.iso(WIB) == iso


@pytest.mark.parametrize("text", ["", "Rp 24.000", "31/02/2020", "pukul 09.00 WIB", "2020-13-41", "edisi 12"])
def test_what_is_no_date(text: str) -> None:
    assert dates.parse(text) is None


@pytest.mark.parametrize("text", ["32 hari lalu", "2 jam yang lalu", "24 Februari 2024", "sejam lalu", "3 days ago"])
def test_a_line_that_is_nothing_but_a_date(text: str) -> None:
    assert dates.is_date(text)


@pytest.mark.parametrize("text", ["Rapat digelar 24 Februari 2024 di balai desa", "5 cara menanam cabai", "Jumat"])
def test_a_line_that_says_more(text: str) -> None:
    assert not dates.is_date(text)


def test_relative_dates_count_back_from_the_capture() -> None:
    now = datetime(2024, 4, 26, 12, 0, tzinfo=UTC)
    within_a_day = dates.parse_relative("3 jam lalu", now)
    days = dates.parse_relative("32 hari lalu", now)
    assert within_a_day is not None
    assert within_a_day.iso(WIB) == "2024-04-26T09:00:00+00:00"
    assert days is not None
    assert days.iso(WIB) == "2024-03-25"


def test_the_latest_date_of_a_text() -> None:
    assert dates.latest_date("Dimulai 3 Mei 2017, diulang 24 Februari 2024 dan 1/1/2018.") == date(2024, 2, 24)
    assert dates.latest_date("tanpa tanggal") is None


@given(st.text(max_size=80))
def test_no_text_raises(text: str) -> None:
    dates.parse(text)
    dates.is_date(text)
    dates.parse_relative(text, datetime(2024, 1, 1, tzinfo=UTC))


@given(st.datetimes(min_value=datetime(1995, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001 - wall clocks
def test_every_printed_instant_comes_back(wall: datetime) -> None:
    months = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
    text = f"{wall.day} {months[wall.month - 1]} {wall.year} | {wall:%H.%M} WIB"
    moment = dates.parse(text)
    assert moment is not None
    assert moment.wall == wall.replace(second=0, microsecond=0)
