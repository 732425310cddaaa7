"""How much there is of each outlet, and how much of it is new."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from archiver.catalog.tally import tally
from archiver.errors import NotFoundError
from tests.catalog.support import START, Writer, article
from warc.record import warc_date

if TYPE_CHECKING:
    from pathlib import Path


def test_new_is_what_was_captured_first_within_the_time(tmp_path: Path) -> None:
    with Writer(tmp_path) as writer:
        for number, days in enumerate((0, 5, 9)):
            writer.now = START + timedelta(days=days)
            url = f"https://contoh.test/{number}"
            writer.read(writer.capture(url, b"<p>%d" % number), article(url, text=f"isi {number}"))
        url = "https://contoh.test/0"  # captured again: that makes it no new one
        writer.read(writer.capture(url, b"<p>ralat"), article(url, text="isi yang lain"))
        writer.now = START
        other = article("https://lain.test/0", outlet="lain", text="isi lain")
        writer.read(writer.capture(other.url, b"<p>lain"), other)
    now = START + timedelta(days=9, hours=1)
    found = tally(
        writer.archive.catalog, day=warc_date(now - timedelta(days=1)), week=warc_date(now - timedelta(days=7))
    )
    assert set(found) == {"contoh", "lain"}
    contoh = found["contoh"]
    assert (contoh.articles, contoh.new_day, contoh.new_week) == (3, 1, 2)
    assert (contoh.oldest[:10], contoh.newest[:10]) == ("2021-01-13", "2021-01-22")
    assert (found["lain"].articles, found["lain"].new_week) == (1, 0)


def test_without_a_catalog(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="there is no catalog"):
        tally(tmp_path / "catalog.db", day="", week="")
