from datetime import UTC, datetime, timedelta, timezone

from archiver.extraction.fields import Found
from archiver.extraction.head import Head
from archiver.extraction.instants import MODIFIED, PUBLISHED, Instant, decide

WIB = timezone(timedelta(hours=7))
CAPTURED = datetime(2020, 7, 10, tzinfo=UTC)


def published(printed: str | None, *, distrust: frozenset[str] = frozenset(), **meta: str) -> Instant | None:
    head = Head(
        "https://contoh.id/",
        article={"datePublished": meta.pop("ld")} if "ld" in meta else {},
        meta={name.replace("_", ":", 1): (value,) for name, value in meta.items()},
    )
    shown = [Found(printed, "css:.tanggal")] if printed else []
    return decide(shown, head, PUBLISHED, WIB, CAPTURED, distrust)


def test_a_machine_adds_the_seconds_where_it_agrees() -> None:
    found = published("Kamis 09 Juli 2020 07:26 WIB", ld="2020-07-09 07:26:05")
    assert found == Instant("2020-07-09T07:26:05+07:00", "css:.tanggal + jsonld:datePublished")


def test_a_false_zulu_is_caught_against_the_printed_time() -> None:
    found = published("Kamis, 09/07/2020 10:08 WIB", ld="2020-07-09T10:08:58Z")
    assert found is not None
    assert found.iso == "2020-07-09T10:08:58+07:00"
    assert found.false_zulu


def test_a_true_zulu_is_left_alone() -> None:
    found = published("9 Juli 2020 09:10 WIB", ld="2020-07-09T02:10:56Z")
    assert found is not None
    assert found.iso == "2020-07-09T09:10:56+07:00"
    assert not found.false_zulu


def test_the_printed_time_wins_over_one_that_contradicts_it() -> None:
    found = published("Kamis 09 Juli 2020 07:26 WIB", ld="2014-07-13T20:07:27+07:00")
    assert found == Instant("2020-07-09T07:26:00+07:00", "css:.tanggal")


def test_the_first_machine_time_stands_in_for_a_printed_one() -> None:
    assert published(None, ld="29 August 2025", article_published_time="2025-08-29T13:10:01+07:00") == Instant(
        "2025-08-29T13:10:01+07:00", "meta:article:published_time"
    )


def test_what_an_outlet_is_known_to_fake_is_not_asked() -> None:
    assert published(None, ld="2014-07-13T20:07:27+07:00", distrust=frozenset({"jsonld:datePublished"})) is None


def test_a_relative_date_resolves_against_the_capture() -> None:
    found = published("3 jam lalu")
    assert found is not None
    assert found.iso == "2020-07-09T21:00:00+00:00"


def test_once_a_zulu_was_false_the_others_of_the_page_are() -> None:
    head = Head("https://contoh.id/", article={"dateModified": "2020-07-09T11:00:00Z"})
    found = decide([], head, MODIFIED, WIB, CAPTURED, frozenset(), zulu_is_local=True)
    assert found is not None
    assert found.iso == "2020-07-09T11:00:00+07:00"
