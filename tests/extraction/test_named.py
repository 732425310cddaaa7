"""Parts that are known by their names within a story, and around it."""

from __future__ import annotations

from archiver.extraction import named
from archiver.extraction.dom import Page
from tests.extraction.pages import STORY

PARAGRAPHS = "".join(f"<p>{line}</p>" for line in STORY)


def marks(inside: str, around: str = "") -> dict[str, tuple[str, str]]:
    """Role and kind of what is marked, by its text."""
    page = Page(f'<body><main>{around}<div id="isi">{inside}</div></main></body>')
    bodies = page.all("#isi")
    area = page.all("main")[0]
    return {" ".join(node.text().split()): (mark.role, mark.kind) for node, mark in named.marks(bodies, area)}


def test_junk_and_facts_within_the_story() -> None:
    inside = (
        '<p class="standfirst">Tiga tahun ditunggu.</p><div class="byline">Oleh Bayu</div>'
        '<div class="post-date">3/5/2020</div>'
        f'{PARAGRAPHS}<div class="caption">Perahu.</div><div class="share-box">Bagikan</div><figure>Dermaga.</figure>'
    )
    assert marks(inside) == {
        "Tiga tahun ditunggu.": ("field", "lead"),
        "Oleh Bayu": ("field", "byline"),
        "3/5/2020": ("field", "date"),
        "Perahu.": ("field", "caption"),
        "Bagikan": ("drop", "share"),
        "Dermaga.": ("field", "caption"),
    }


def test_a_large_part_is_never_junk() -> None:
    assert marks(f'<div class="sidebar">{PARAGRAPHS}</div><p>Kaki.</p>') == {}


def test_no_lead_after_the_first_paragraph() -> None:
    assert marks(f'{PARAGRAPHS}<h3 class="subtitle">Harga Ikan</h3>') == {}


def test_posts_of_others_are_no_share_buttons() -> None:
    post = "<blockquote>Dermaga buka lagi! — Bayu</blockquote>"
    assert marks(f'{PARAGRAPHS}<div class="social-embed">{post}</div>') == {}


def test_table_cells_speak_of_data() -> None:
    rows = '<tr class="rating"><td class="author">Bayu</td><td class="date">3/5/2020</td></tr>'
    assert marks(f"{PARAGRAPHS}<table>{rows}</table>") == {}


def test_a_name_within_a_sentence_stays() -> None:
    sentence = f'<p>{STORY[0]} Demikian <span class="author">Bayu Segara</span> menulis dalam laporannya.</p>'
    assert marks(PARAGRAPHS + sentence) == {}


def test_no_word_is_cut() -> None:
    assert marks(f'{PARAGRAPHS}<p>Perahu<span class="ad">mesin</span></p>') == {}
    assert marks(f'{PARAGRAPHS}<p>Perahu <span class="ad">Iklan</span></p>') == {"Iklan": ("drop", "ad")}


def test_other_stories_in_articles_of_their_own() -> None:
    story = f"<article>{PARAGRAPHS}</article>"
    assert marks(f"{story}<article>Kabar lain.</article>") == {"Kabar lain.": ("drop", "related_list")}
    heading = f"<article><h1>Judul</h1>{STORY[0]}</article>"
    found = marks(f"{heading}<article>{STORY[1]} {STORY[2]}</article>")
    assert list(found.values()) == [("drop", "related_list")]
    assert marks(f"<article>{STORY[0]}</article><article>{STORY[1]}</article><article>{STORY[2]}</article>") == {}


def test_the_first_byline_and_the_lead_beside_the_story() -> None:
    around = (
        '<h2 class="sub-title">Tiga tahun ditunggu warga hilir sungai.</h2><div class="tagline">Warta Kita</div>'
        '<div class="author">Bayu Segara</div><ul><li class="author">Ani Wulan</li></ul>'
    )
    assert marks(PARAGRAPHS, around) == {
        "Tiga tahun ditunggu warga hilir sungai.": ("field", "lead"),
        "Bayu Segara": ("field", "byline"),
    }
