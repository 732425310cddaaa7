from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from tests.warc.samples import INFO
from warc.record import WarcInfo, new_record_id, parse_warc_date, sha1_label, target_uri, timestamp14, warc_date


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.tempo.co/a?b=1&c=%20d", "https://www.tempo.co/a?b=1&c=%20d"),
        ("http://a.example/x#part", "http://a.example/x"),
        ("http://me:secret@a.example:8080/x", "http://a.example:8080/x"),
        ("http://a.example/café kecil", "http://a.example/caf%C3%A9%20kecil"),
        ('http://a.example/<"{|}\\^`>', "http://a.example/%3C%22%7B%7C%7D%5C%5E%60%3E"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://a.example", "http://a.example"),
        ("http://a.example/x?", "http://a.example/x"),
        ("http://a.example/x[1]?a=[2]", "http://a.example/x[1]?a=[2]"),
    ],
)
def test_a_target_uri_is_what_rfc_3986_allows(url: str, expected: str) -> None:
    assert target_uri(url) == expected
    assert target_uri(expected) == expected


def test_a_warc_date_is_in_utc_with_microseconds() -> None:
    jakarta = timezone(timedelta(hours=7))
    date = warc_date(datetime(2021, 5, 4, 10, 0, 0, 12, tzinfo=jakarta))
    assert date == "2021-05-04T03:00:00.000012Z"
    assert parse_warc_date(date) == datetime(2021, 5, 4, 3, 0, 0, 12, tzinfo=UTC)
    assert timestamp14(date) == "20210504030000"


@pytest.mark.parametrize(("date", "month", "day"), [("2021", 1, 1), ("2021-05", 5, 1), ("2021-05-04", 5, 4)])
def test_short_dates_mean_their_first_moment(date: str, month: int, day: int) -> None:
    assert parse_warc_date(date) == datetime(2021, month, day, tzinfo=UTC)


def test_the_digest_is_the_one_that_other_tools_write() -> None:
    assert sha1_label(b"") == "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"
    assert sha1_label(b"ab", b"c") == sha1_label(b"abc")


def test_record_ids_differ() -> None:
    assert len({new_record_id() for _ in range(100)}) == 100


def test_warcinfo_fields_are_one_line_each() -> None:
    fields = dict(INFO.fields())
    assert fields["operator"] == "the tests"
    assert fields["synthetic"].startswith("yes")
    real = WarcInfo("a", "b\r\nrobots: ignore", "c", "d", "obey", "e")
    assert dict(real.fields())["operator"] == "b robots: ignore"
    assert {"synthetic", "isPartOf", "description"}.isdisjoint(dict(real.fields()))
