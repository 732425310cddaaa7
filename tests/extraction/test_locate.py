"""From each piece of an article back to its characters in the page: round trips on the fixtures and on nasty pages."""

from __future__ import annotations

import functools
import html as html_module
import json
import tempfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.article import Article, Where
from archiver.capture import Capture
from archiver.extraction import extract, join
from archiver.extraction.locate import Located, Piece, locate, trace
from archiver.outlets import load_outlets
from archiver.warcfile import WarcPages
from tests.extraction.pages import STORY, URL, html, outlet

FIXTURES = Path(__file__).parents[2] / "fixtures"
CASES = [
    case
    for case in sorted(FIXTURES.glob("*/*.json"))
    if json.loads(case.read_text(encoding="utf-8"))["outcome"] != "forbidden"  # it has no page
]


def text_of(article: Article, piece: Piece) -> str:
    match piece.part:
        case "title" | "lead":
            return str(getattr(article, piece.part))
        case "block":
            return article.blocks[piece.number].text
        case "rerouted":
            return article.rerouted[piece.number].text
        case "removed":
            return article.removed[piece.number].text


def letters(text: str) -> str:
    """The text without white space and bars: those between the cells of a table are not on the page."""
    return "".join(text.replace("|", "").split())


def check(article: Article, located: Located) -> None:
    """Every located piece reads in the page as it does in the article, and no character is two pieces'."""
    seen = set[int]()
    for piece, ranges in located.ranges.items():
        if ranges is not None:
            read = "".join(html_module.unescape(located.source[slice(*span)]) for span in ranges)
            assert letters(read) == letters(text_of(article, piece)), piece
            characters = {index for span in ranges for index in range(*span)}
            assert not characters & seen
            seen |= characters


def page_of(body: str, around: str = "") -> Capture:
    return Capture(URL, html(body, around=around).encode())


def found(body: str, around: str = "", lead: str = "") -> dict[str, list[str] | None]:
    """For each piece of such a page (`block 0`) the stretches of source that it was located in."""
    capture = page_of(body, around)
    article = extract(capture, outlet(lead=(lead,) if lead else ()))
    located = locate(article, capture)
    check(article, located)
    return {
        piece.part if piece.part in ("title", "lead") else f"{piece.part} {piece.number}": (
            [located.source[slice(*span)] for span in ranges] if ranges else None
        )
        for piece, ranges in located.ranges.items()
    }


@functools.cache
def fixture(case: Path) -> tuple[Article, list[Capture]]:
    url = json.loads(case.read_text(encoding="utf-8"))["url"]
    pages = WarcPages(case.with_suffix(".warc.gz"), load_outlets(), Path(tempfile.gettempdir()))
    article = pages.article(url)
    return article, [pages.capture(address) for address in article.pages]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_round_trip_on_the_fixtures(case: Path) -> None:
    article, captures = fixture(case)
    pieces = set[Piece]()
    for number, capture in enumerate(captures, start=1):
        located = locate(article, capture)
        assert located.page == number
        assert [piece for piece, ranges in located.ranges.items() if ranges is None] == []
        check(article, located)
        pieces |= set(located.ranges)
    for part, items in (("block", article.blocks), ("rerouted", article.rerouted), ("removed", article.removed)):
        assert {piece.number for piece in pieces if piece.part == part} == set(range(len(items)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_round_trip_of_the_fallback(case: Path) -> None:
    for capture in fixture(case)[1]:
        article = extract(capture)
        located = locate(article, capture)
        check(article, located)
        assert None not in located.ranges.values()


def test_entities_tags_and_comments_within_a_line() -> None:
    places = found(
        f"<p>{STORY[0]}</p><p>Harga &quot;ikan&quot; <b>na<i>ik</i></b>, k<!-- x -->ata &lt;dia&gt;&hellip;</p>"
    )
    assert places["title"] == ["Pasar Apung Karang Dibuka Lagi"]
    assert places["block 1"] == ["Harga &quot;ikan&quot;", "na", "ik", ", k", "ata &lt;dia&gt;&hellip;"]


def test_lines_that_share_an_element() -> None:
    places = found(f"<p>KARANG - {STORY[0]}<br>Baca juga: Perahu Baru Datang di Dermaga<br>{STORY[1]} (bsg)</p>")
    assert places["block 0"] == [STORY[0]]
    assert places["block 1"] == [STORY[1]]
    assert ["KARANG -"] in places.values()
    assert ["Baca juga: Perahu Baru Datang di Dermaga"] in places.values()
    assert ["(bsg)"] in places.values()


def test_the_items_of_a_list() -> None:
    places = found(
        f"<p>{STORY[0]}</p><ul><li>Ikan <b>asap</b></li><li>Sayur &amp; buah</li><li></li></ul><p>{STORY[1]}"
    )
    assert places["block 1"] == ["Ikan", "asap", "Sayur &amp; buah"]
    assert places["block 2"] == [STORY[1]]


def test_the_cells_of_a_table() -> None:
    rows = "<tr><td>Ikan</td><td>Rp 9.000</td></tr><tr><td>Sayur</td><td>Rp 4.000</td></tr>"
    places = found(f"<p>{STORY[0]}</p><table>{rows}</table><p>{STORY[1]}</p>")
    assert places["block 1"] == ["Ikan", "Rp 9.000", "Sayur", "Rp 4.000"]


def test_a_line_that_an_inline_element_interrupts() -> None:
    places = found(f'<p>{STORY[0][:40]}<span class="terkait">Lihat juga yang lain</span>{STORY[0][40:]}</p>')
    assert places["block 0"] == [STORY[0][:40].rstrip(), STORY[0][40:].lstrip()]
    assert places["removed 0"] == ["Lihat juga yang lain"]


def test_unclosed_and_crossing_tags() -> None:
    places = found(f"<p><b>{STORY[0]}<p>{STORY[1]}</b> Itu saja katanya.<div>{STORY[2]}")
    assert [places[f"block {number}"] for number in range(3)] == [
        [STORY[0]],
        [STORY[1], "Itu saja katanya."],
        [STORY[2]],
    ]


def test_a_lead_and_a_repeated_line() -> None:
    body = f'<div class="teras">Ringkasan berita</div><p>{STORY[0]}</p><p>{STORY[1]}</p><p>{STORY[0]}</p>'
    places = found(body, lead=".teras")
    assert places["lead"] == ["Ringkasan berita"]
    assert None not in places.values()


def test_the_same_text_in_one_list_keeps_its_order() -> None:
    capture = page_of(f"<p>{STORY[0]}<br>Begitu.<br>{STORY[1]}<br>Begitu.<br>{STORY[2]}</p>")
    article = extract(capture, outlet())
    texts = [block.text for block in article.blocks]
    located = locate(article, capture)
    starts = [
        ranges[0][0] for piece, ranges in sorted(located.ranges.items()) if piece.part == "block" and ranges is not None
    ]
    assert texts.count("Begitu.") == 2
    assert starts == sorted(starts)
    assert len(starts) == len(texts)


def test_what_cannot_be_told_apart_is_not_guessed() -> None:
    capture = page_of(f"<p>{STORY[0]}</p><div>Sama saja.<br>Sama saja.</div>")
    article = extract(capture, outlet())
    doubtful = [number for number, block in enumerate(article.blocks) if block.text == "Sama saja."]
    assert len(doubtful) == 2
    article = msgspec.structs.replace(article, blocks=article.blocks[:-1])
    located = locate(article, capture)
    assert located.ranges[Piece("block", doubtful[0])] is None
    assert located.ranges[Piece("block", 0)] is not None


def test_a_path_that_leads_nowhere() -> None:
    capture = page_of("")
    article = extract(capture, outlet())
    lost = msgspec.structs.replace(article.blocks[0], where=Where(1, "/html[1]/body[1]/nav[7]"))
    article = msgspec.structs.replace(article, blocks=(lost, *article.blocks[1:]))
    assert locate(article, capture).ranges[Piece("block", 0)] is None


def test_a_title_that_only_the_metadata_give_is_no_piece() -> None:
    page = html(head='<meta property="og:title" content="Pasar Apung Karang Dibuka Lagi">')
    capture = Capture(URL, page.replace("<h1>Pasar Apung Karang Dibuka Lagi</h1>", "").encode())
    article = extract(capture, outlet())
    assert article.title == "Pasar Apung Karang Dibuka Lagi"
    assert Piece("title") not in locate(article, capture).ranges


def test_a_joined_article_has_pieces_on_each_page() -> None:
    first = Capture(URL, html(f"<p>{STORY[0]}</p>", around=f'<a href="{URL}?page=2">2</a>').encode())
    second = Capture(f"{URL}?page=2", html(f"<p>{STORY[1]}</p>", around=f'<a href="{URL}">1</a>').encode())
    article = join([extract(page, outlet()) for page in (second, first)])
    for page, number in ((first, 1), (second, 2)):
        located = locate(article, page)
        check(article, located)
        assert located.page == number
        assert located.ranges[Piece("block", number - 1)] is not None
        assert None not in located.ranges.values()
    with pytest.raises(ValueError, match="none of the 2 pages"):
        locate(article, Capture("https://berita.contoh.id/lain", b""))


def test_a_page_without_an_article() -> None:
    capture = Capture(URL, b"")
    assert locate(extract(capture, outlet()), capture).ranges == {}


def test_every_visible_character_of_the_area_is_somebodys() -> None:
    capture = page_of("", around='<div class="terkait"><a href="/x">Lain</a> 3 jam lalu</div><p>Sisa</p>')
    traced = trace(extract(capture, outlet()), capture)
    unowned = "".join(text for text, owner in zip(traced.stream.text, traced.owners, strict=True) if owner is None)
    assert unowned == "BerandaHakcipta"


FRAGMENTS = (
    *STORY,
    "Baca juga: Perahu Baru Datang di Dermaga",
    "KARANG - Hujan turun.",
    "(bsg)",
    "a&amp;b",
    "&nbsp;",
    "&copy2020",
    "x < y",
    "<br>",
    "<!-- c -->",
    *(
        f"<{tag}>"
        for tag in ("p", "/p", "div", "/div", "b", "/b", "li", "ul", "/ul", "table", "td", "/table", "h2", "/h2")
    ),
    '<span class="terkait">',
    '<div class="bagikan">',
    "</span>",
    "<blockquote>",
    "</blockquote>",
    "<svg>",
    "</svg>",
    "<![CDATA[x]]>",
)


@settings(max_examples=150, deadline=None)
@given(body=st.lists(st.sampled_from(FRAGMENTS), max_size=25), around=st.lists(st.sampled_from(FRAGMENTS), max_size=8))
def test_no_place_is_wrong(body: list[str], around: list[str]) -> None:
    capture = page_of(" ".join(body), " ".join(around))
    article = extract(capture, outlet())
    check(article, locate(article, capture))
