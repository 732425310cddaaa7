"""What a site says of itself."""

from __future__ import annotations

from archiver.drafting.site import brand_of, commonest, distrust_of, title_of
from tests.drafting.pages import PROSE, meta, page


def test_the_name_is_that_of_most_pages_and_no_address() -> None:
    named = [page("", head=meta("og:site_name", name)) for name in ("Kabar", "Kabar", "https://kabar.example/")]
    assert title_of(named) == "Kabar"
    assert title_of(named[2:]) is None


def test_brands_are_found_in_names_titles_and_datelines() -> None:
    body = f"<h1>Judul</h1><div class='isi'><p>MUARA.COM, Jakarta - {PROSE}</p><p>{PROSE * 3}</p></div>"
    head = "<title>Judul | Muara.com</title>" + meta("og:site_name", "Kabar Muara")
    reasons: dict[str, str] = {}
    assert set(brand_of([page(body, head=head)], "muara.example", reasons)) == {"Kabar Muara", "Muara.com", "MUARA.COM"}
    assert "brand" in reasons


def test_a_tail_that_is_no_name_of_the_site_is_none() -> None:
    assert brand_of([page("", head="<title>Judul | Ekonomi</title>")], "muara.example", {}) == ()


def test_what_is_the_same_on_every_page_is_not_trusted() -> None:
    pages = [
        page(f"<h1>Judul {n} yang panjang</h1>", head=meta("author", "Redaksi"), path=f"/{n}.html") for n in range(3)
    ]
    assert distrust_of(pages, {}) == {"meta:author"}
    assert distrust_of(pages[:2], {}) == frozenset()


def test_the_commonest_value() -> None:
    assert commonest(["a", None, "b", "b"]) == "b"
    assert commonest([None]) is None
