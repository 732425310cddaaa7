"""Title, lead, tags, picture and caption: where the page prints what its metadata say."""

from __future__ import annotations

import pytest

from archiver.drafting.choose import cover
from archiver.drafting.facts import captions, declared_titles, leads, pictures, tag_lists, titles
from tests.drafting.pages import PROSE, meta, page

TITLE = "Panen Raya di Lereng Bukit Timur"


def selectors(found: object) -> list[str]:
    return [choice.selector for choice in cover(found)]  # type: ignore[arg-type]  # each of them is iterable


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (f"<title>{TITLE} | Kabar</title>", TITLE),
        (f"<title>Daerah: {TITLE} - Kabar</title>", TITLE),
        (meta("og:title", f"Kabar: {TITLE}"), TITLE),
    ],
)
def test_a_title_is_found_among_what_stands_around_it(head: str, expected: str) -> None:
    assert expected in declared_titles(page("", head=head))


def test_the_heading_that_says_what_the_metadata_say() -> None:
    body = f'<h1 class="logo">Kabar Muara Sepi</h1><h2 class="judul">{TITLE}</h2><a class="x" href="/">{TITLE}</a>'
    assert selectors(titles([page(body, head=meta("og:title", TITLE))])) == [".judul"]


def test_without_metadata_the_main_heading() -> None:
    body = f'<h2 class="lain">Lain sama sekali</h2><h1 class="judul">{TITLE}</h1>'
    assert selectors(titles([page(body)])) == [".judul"]


def test_the_lead_says_what_the_description_says() -> None:
    lead = "Sawah di lereng timur dipanen dua pekan lebih awal."
    body = f'<h1>{TITLE}</h1><p class="ringkas">{lead}</p><div class="isi"><p>{PROSE}</p></div>'
    document = page(body, head=meta("og:description", lead))
    assert selectors(leads([document], {document.url: ""})) == [".ringkas"]
    assert selectors(leads([document], {document.url: "sawahdilerengtimurdipanenduapekanlebihawal."})) == []


def test_tags_are_links_to_pages_of_tags() -> None:
    body = '<div class="topik"><a href="/tag/padi">padi</a> <a href="/tag/sawah">sawah</a></div>'
    assert selectors(tag_lists([page(body)])) == [".topik a"]
    assert selectors(tag_lists([page('<div class="menu"><a href="/a">a</a> <a href="/tag/b">b</a></div>')])) == []


def test_the_picture_that_the_metadata_name_and_what_is_said_of_it() -> None:
    figure = (
        '<figure class="foto"><img src="/x/padi.jpg?w=600"><p>Panen di lereng timur. (Foto: Gita/Kabar)</p></figure>'
    )
    other = '<aside class="related"><img src="/y.jpg"><p class="caption">Kapal di pelabuhan</p></aside>'
    document = page(other + figure, head=meta("og:image", "https://cdn.example/padi.jpg"))
    assert selectors(pictures([document])) == [".foto img"]
    assert selectors(captions([document])) == [".foto p"]
