"""Pages of unknown layout: where the story is found, by whom, and what is taken out of it."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archiver.extraction import fallback, readable
from archiver.extraction.dom import Node, Page
from tests.extraction.pages import STORY, by_kind, clip
from tests.extraction.walker import accounted, by_path, soup_of, visible, words

PARAGRAPHS = "".join(f"<p>{line}</p>" for line in STORY)
MORE = "".join(
    f"<p>{line}</p>"
    for line in (
        "Dermaga lama dibongkar pada Januari, lalu warga memasang tiang kayu ulin sepanjang sembilan puluh meter.",
        "Biaya pembangunan ditanggung bersama oleh koperasi nelayan dan kelompok ibu-ibu pengolah ikan.",
        "Camat setempat berharap pasar itu buka dua kali sepekan mulai bulan depan, tergantung pada tinggi air.",
    )
)
TEASERS = "".join(
    f'<li><a href="/lain/{number}">Kabar Lain dari Kampung Nomor {number}</a></li>' for number in range(9)
)


TITLE = "Pasar Apung Karang Dibuka Lagi"


def page(body: str) -> str:
    head = f'<title>{TITLE}</title><meta property="og:type" content="article">'
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


def located(body: str) -> list[str]:
    """Class or tag of the elements that the fallback chooses."""
    text = page(body)
    return [node.attributes.get("class") or node.tag or "" for node in fallback.locate(Page(text), text)]


def test_the_densest_container_is_the_story() -> None:
    assert located(f'<div class="menu"><ul>{TEASERS}</ul></div><div class="isi">{PARAGRAPHS}</div>') == ["isi"]


def test_text_parted_by_line_breaks_is_dense_too() -> None:
    text = "<br><br>".join(STORY)
    assert located(f'<div class="a"><ul>{TEASERS}</ul></div><div class="isi">{text}</div>') == ["isi"]


def test_paragraphs_in_boxes_of_their_own_belong_together() -> None:
    boxed = "".join(f"<div><div><p>{line}</p></div></div>" for line in STORY)
    assert located(f'<div class="isi">{boxed}</div><div class="kaki">Hak cipta</div>') == ["isi"]


def test_a_story_in_several_sections_is_joined() -> None:
    sections = f'<div class="bagian">{PARAGRAPHS}</div><div class="iklan">Iklan</div><div class="bagian">{MORE}</div>'
    assert located(f'<main class="isi">{sections}</main>') == ["isi"]


def test_a_list_of_teasers_is_not_joined() -> None:
    ticker = "".join(f"<li>{line} Selengkapnya dapat dibaca pada halaman berikutnya.</li>" for line in STORY)
    assert located(f'<div class="atas"><ul>{ticker}</ul></div><div class="isi">{PARAGRAPHS}{MORE}</div>') == ["isi"]


def test_comments_never_outweigh_the_story() -> None:
    comments = f'<div id="komentar">{MORE * 4}</div>'
    assert located(f'<div class="isi"><h1>{TITLE}</h1>{PARAGRAPHS}{MORE}</div>{comments}') == ["isi"]


def test_a_name_for_the_article_text_counts() -> None:
    assert located(f'<div class="lain">{MORE}</div><div class="entry-content">{PARAGRAPHS}</div>') == ["entry-content"]
    assert located(f'<div class="lain">{MORE}</div><div itemprop="articleBody">{PARAGRAPHS}</div>') == ["div"]


def test_a_page_without_any_text_gives_its_body() -> None:
    assert located("<div></div>") == ["body"]


class TestSecondOpinion:
    """readability-lxml is asked where the page leaves a doubt, and only there."""

    RIVALS = f'<div class="satu">{PARAGRAPHS}</div><div class="dua">{MORE}</div>'

    @pytest.fixture
    def asked(self, monkeypatch: pytest.MonkeyPatch) -> list[Page]:
        calls: list[Page] = []
        ask = readable.locate

        def locate(page: Page, text: str) -> Node | None:
            calls.append(page)
            return ask(page, text)

        monkeypatch.setattr(readable, "locate", locate)
        return calls

    def test_not_on_a_clear_page(self, asked: list[Page]) -> None:
        located(f'<div class="isi"><h1>{TITLE}</h1>{PARAGRAPHS}{MORE}</div>')
        assert not asked

    def test_where_there_is_little_text(self, asked: list[Page]) -> None:
        located(f'<div class="isi"><p>{STORY[0]}</p></div><div class="b"><p>Hubungi kami.</p></div>')
        assert len(asked) == 1

    def test_where_two_containers_rival(self, asked: list[Page], monkeypatch: pytest.MonkeyPatch) -> None:
        body = f'<div><div class="satu">{PARAGRAPHS}</div></div><div><div><div class="dua">{MORE}</div></div></div>'
        first = located(body)
        assert len(asked) == 1
        other = {"satu": ".dua", "dua": ".satu"}[first[0]]
        monkeypatch.setattr(readable, "locate", lambda page, _: page.first(other))
        assert located(body) == [other[1:]]

    def test_its_silence_changes_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(readable, "locate", lambda _page, _text: None)
        assert located(f'<div class="isi"><p>{STORY[0]}</p></div>') == ["body"]


def test_an_article_of_unknown_layout() -> None:
    article = clip(
        page(
            f"""<nav><ul>{TEASERS}</ul></nav><article><h1>{TITLE}</h1>
            <div class="post-body"><p class="standfirst">Tiga tahun ditunggu warga.</p>
            <figure><img src="/a.jpg"><figcaption>Perahu di hilir.</figcaption></figure>
            <div class="imageCaption">Perahu di dermaga, Selasa.</div>{PARAGRAPHS}
            <div class="related-posts"><ul>{TEASERS}</ul></div>{MORE}
            <p>Surel: <a href="mailto:warta@contoh.id">warta@contoh.id</a></p></div></article>"""
        ),
        layouts=False,
    )
    assert (article.method, article.outcome, article.title) == ("fallback", "saved", TITLE)
    assert article.lead == "Tiga tahun ditunggu warga."
    assert article.text.startswith(STORY[0])
    assert article.text.endswith("tergantung pada tinggi air.")
    assert by_kind(article.rerouted)["caption"] == ["Perahu di hilir.", "Perahu di dermaga, Selasa."]
    removed = by_kind(article.removed)
    assert "Kabar Lain dari Kampung Nomor 8" in removed["related_list"][0]
    assert removed["other"] == ["Surel: warta@contoh.id"]


def test_a_photo_story_is_its_captions() -> None:
    figures = "".join(f"<figure><img><figcaption>{line} (Foto: Ani/Contoh)</figcaption></figure>" for line in STORY)
    article = clip(page(f'<h1>{TITLE}</h1><div class="galeri">{figures}</div><div>Redaksi Warta</div>'), layouts=False)
    assert (article.method, article.layout, article.outcome) == ("fallback", None, "saved")
    assert [block.text for block in article.blocks] == [f"{line} (Foto: Ani/Contoh)" for line in STORY]
    one = "".join(f"<p>{line}</p>" for line in (*STORY, f"{STORY[0]} (Foto: Ani/Contoh)"))
    article = clip(page(f'<h1>{TITLE}</h1><div class="isi">{one}</div>'), layouts=False)
    assert len(article.blocks) == len(STORY)


def test_a_label_takes_its_linked_title_alone() -> None:
    related = '<div><p>BACA JUGA</p><a href="/2020/03/01/garam-rebus-kembali-diproduksi">Garam Rebus Kembali</a></div>'
    body = f"{PARAGRAPHS}{related}<p><b>Harga Sewa Lapak</b></p>{MORE}"
    article = clip(page(f'<h1>{TITLE}</h1><div class="isi">{body}</div>'), layouts=False)
    assert "Harga Sewa Lapak" in article.text.split("\n\n")
    assert by_kind(article.removed) == {"related_inline": ["BACA JUGA", "Garam Rebus Kembali"]}


TAGS = ("p", "div", "span", "a", "ul", "li", "h1", "h2", "blockquote", "table", "tr", "td", "figure", "figcaption",
        "section", "article", "em", "time", "header")  # fmt: skip
NAMES = ("", "share-buttons", "byline", "post-date", "standfirst", "image-caption", "related", "entry-content", "ad",
         "komentar", "tweet social", "newsletter signup")  # fmt: skip
LINES = (*STORY, "Oleh Bayu Segara", "3 Mei 2020", "Kabar Lain", "Ikuti kami", "<br>")

elements = st.recursive(
    st.sampled_from(LINES),
    lambda inner: st.builds(
        lambda tag, name, children: f'<{tag} class="{name}">{" ".join(children)}</{tag}>',
        st.sampled_from(TAGS),
        st.sampled_from(NAMES),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(before=elements, body=elements, after=elements)
def test_every_letter_of_the_area_is_accounted_for(before: str, body: str, after: str) -> None:
    text = page(f"<div>{before}</div><h1>{TITLE}</h1><div>{PARAGRAPHS} {body}</div><div>{after}</div>")
    article = clip(text, layouts=False)
    area = by_path(soup_of(text), article.areas[0])
    assert letters(accounted(article)) == letters(words(visible(area)))


def letters(found: Counter[str]) -> Counter[str]:
    """Letters and digits instead of words: a byline may be cut out of a line that has no blank around it."""
    return Counter("".join(found.elements()))
