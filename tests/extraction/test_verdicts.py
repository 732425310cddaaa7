"""What structure alone says of a line: links to other stories, their labels and headings."""

from __future__ import annotations

import pytest

from tests.extraction.pages import STORY, by_kind, clip, html

OTHER = "/2020/03/03/perahu-baru-datang-di-dermaga"
MORE = "/2020/03/02/dermaga-lama-dibongkar-warga"


def story(*between: str) -> str:
    """The story with something between its second and its third paragraph."""
    return html("".join([f"<p>{STORY[0]}</p><p>{STORY[1]}</p>", *between, f"<p>{STORY[2]}</p>"]))


def kept(page: str) -> list[str]:
    return [block.text for block in clip(page).blocks]


def test_a_word_and_a_colon_before_a_link_to_a_story_go_with_it() -> None:
    article = clip(story(f'<p><b>Video: </b><a href="{OTHER}">Perahu Baru Datang</a></p>'))
    assert [block.text for block in article.blocks] == list(STORY)
    assert by_kind(article.removed)["related_inline"] == ["Video: Perahu Baru Datang"]
    assert "labelled link" in {removal.rule for removal in article.removed}


@pytest.mark.parametrize(
    "line",
    [
        f'<p>Video: <a href="{OTHER}">perahu baru</a> itu direkam warga.</p>',
        '<p>Video: <a href="https://video.example/123">Perahu Baru Datang</a></p>',
        f'<p>Kepala dusun dalam rapat itu: <a href="{OTHER}">Perahu Baru Datang</a></p>',
    ],
)
def test_a_sentence_with_a_link_stays(line: str) -> None:
    assert len(kept(story(line))) == 4


def test_a_heading_goes_with_the_links_below_it_though_the_story_goes_on() -> None:
    links = f'<a href="{OTHER}">Perahu Baru Datang</a><br><a href="{MORE}">Dermaga Lama Dibongkar</a><br>'
    assert kept(story(f"<h2>Kabar dari Hilir</h2>{links}")) == list(STORY)


def test_a_subhead_stays_above_a_single_link() -> None:
    page = story(f'<h2>Kabar dari Hilir</h2><a href="{OTHER}">Perahu Baru Datang</a><br>')
    assert kept(page) == [*STORY[:2], "Kabar dari Hilir", STORY[2]]


def test_a_subhead_behind_a_labelled_list_is_no_title_of_the_list() -> None:
    dropped = f'<div class="terkait"><ul><li><a href="{OTHER}">Perahu Baru Datang</a></li></ul></div>'
    page = story(f"<p>Baca Juga</p>{dropped}<p><b>Kabar dari Hilir</b></p>")
    assert kept(page) == [*STORY[:2], "Kabar dari Hilir", STORY[2]]


def test_captions_are_the_story_of_a_photo_page() -> None:
    figures = "".join(f"<figure><img src='/{n}.jpg'><figcaption>{line} (Foto: Ani Wulan)</figcaption></figure>"
                      for n, line in enumerate(STORY))  # fmt: skip
    article = clip(html(figures), body=".isi figcaption", caption=".isi figcaption", photos=True)
    assert [block.text for block in article.blocks] == [f"{line} (Foto: Ani Wulan)" for line in STORY]
    assert [image.caption for image in article.images] == list(STORY)
    assert {image.credit for image in article.images} == {"Foto: Ani Wulan"}
