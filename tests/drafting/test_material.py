"""What a draft is made of, as it lies in WARC files."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.drafting.material import domain_of, lies_on, read_material
from archiver.errors import NotFoundError
from tests.crawling.support import SITE, listing, redirect, story, write_warc


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.tempo.co/read/1", "tempo.co"),
        ("https://news.detik.com/", "detik.com"),
        ("https://www.viva.co.id/", "viva.co.id"),
        ("http://127.0.0.1:8080/x", "127.0.0.1"),
        ("https://muara.example", "muara.example"),
    ],
)
def test_the_domain_of_a_site(url: str, domain: str) -> None:
    assert domain_of(url) == domain
    assert lies_on(url, domain)
    assert not lies_on(f"https://x{domain}/", domain)


def test_only_pages_that_came_are_looked_at(tmp_path: Path) -> None:
    answers = {"/index": listing("/read/1"), "/read/1": story("kopi"), "/read/0": redirect("/read/1")}
    path = write_warc(tmp_path, answers)
    (tmp_path / "scratch").mkdir()
    material = read_material([path], tmp_path / "scratch")
    assert material.domain == "uji.example"
    assert [document.url for document in material.documents] == [f"{SITE}/index", f"{SITE}/read/1"]


def test_a_site_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = write_warc(tmp_path, {"/read/1": story("kopi")})
    (tmp_path / "scratch").mkdir()
    with pytest.raises(NotFoundError, match=r"there is no page of lain\.example in .*\.warc\.gz"):
        read_material([path], tmp_path / "scratch", domain="lain.example")
