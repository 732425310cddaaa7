"""Search: whatever is typed is a valid query, and the best article comes first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archiver.catalog import Filters
from archiver.catalog.entry import ALL
from archiver.catalog.search import MATCH_END, MATCH_START, fts_query
from archiver.errors import UsageError
from tests.catalog.support import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def writer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writer]:
    root: Path = tmp_path_factory.mktemp("cari")
    with Writer(root / "arsip") as writer:
        articles: dict[str, dict[str, Any]] = {
            "cabai": {"title": "Harga cabai naik", "text": "Pedagang mengeluh.", "published": "2021-01-10"},
            "pasar": {"title": "Pasar pagi", "text": "Cabai dijual murah. Harga beras turun, harga cabai tetap."},
            "cafe": {"title": "Kafé baru", "text": "Kopi dan kué.", "outlet": "lain"},
            "banjir": {"title": "Banjir surut", "text": "Warga pulang ke rumah.", "lead": None},
        }
        for name, changes in articles.items():
            writer.clip(f"https://contoh.test/{name}", **changes)
        writer.clip("https://contoh.test/banjir", title="Banjir surut", text="Warga bersih-bersih.", lead=None)
        yield writer


def find(writer: Writer, words: str, filters: Filters = ALL) -> list[str]:
    return [hit.url.rpartition("/")[2] for hit in writer.catalog.search(words, filters)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("cabai", ["cabai", "pasar"]),
        ("CABAI harga", ["cabai", "pasar"]),
        ('"harga cabai"', ["cabai", "pasar"]),
        ('"cabai harga"', []),
        ("kafe KUE", ["cafe"]),
        ("ban*", ["banjir"]),
        ("ban", []),
        ('"banjir sur"*', ["banjir"]),
        ("cabai OR kopi", []),
        ("bersih-bersih", ["banjir"]),
        ("pulang", []),
        ("cabai -", ["cabai", "pasar"]),
    ],
)
def test_what_is_found(writer: Writer, words: str, found: list[str]) -> None:
    assert find(writer, words) == found


def test_filters(writer: Writer) -> None:
    assert find(writer, "cabai", Filters(since=date(2021, 1, 11))) == ["pasar"]
    assert find(writer, "cabai", Filters(until=date(2021, 1, 11))) == ["cabai"]
    assert find(writer, "cabai", Filters(outlet="lain")) == []


def test_a_hit_shows_what_matched_and_where_it_lies(writer: Writer) -> None:
    (hit,) = writer.catalog.search("kopi")
    assert hit.title == "Kafé baru"
    assert hit.outlet == "lain"
    assert hit.day == "2021-01-13"
    assert f"{MATCH_START}Kopi{MATCH_END} dan" in hit.snippet
    (entry,) = writer.catalog.versions(hit.url)
    assert (hit.record_id, hit.captured) == (entry.record_id, entry.captured)


def test_the_limit(writer: Writer) -> None:
    assert len(writer.catalog.search("cabai", limit=1)) == 1


@pytest.mark.parametrize("words", ["", " ", "-", '""', "* ( )", '"--"'])
def test_nothing_to_look_for(words: str) -> None:
    with pytest.raises(UsageError, match="no word"):
        fts_query(words)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.one_of(
        st.text(),
        st.text(alphabet="ab\"*()^:+-{}\x00. ,'NEARORAND\n\ud800"),
        st.sampled_from(["NEAR(a b, 2)", "title: x", "{title lead}: y", "a AND", "NOT b", "^awal", "a + b", '"x']),
    )
)
def test_no_words_are_a_syntax_error(writer: Writer, words: str) -> None:
    try:
        writer.catalog.search(words)
    except UsageError:
        assert not any(character.isalnum() for character in words)
