"""The container of the story: what holds its prose and little else."""

from __future__ import annotations

from archiver.drafting.container import group, is_photo_story, prose
from tests.drafting.pages import PROSE, page


def story(word: str, *, container: str = "isi", extra: str = "", head: str = "") -> str:
    paragraphs = "".join(f"<p>{word} {number}: {PROSE}</p>" for number in ("satu", "dua", "tiga"))
    return f'<main class="luar"><h1>{word}</h1>{head}<div class="{container}">{paragraphs}{extra}</div></main>'


def test_what_other_stories_repeat_is_no_prose() -> None:
    shared = f"<p>Langganan: {PROSE}</p>"
    pages = [page(story(word, extra=shared), path=f"/{word}.html") for word in ("kopi", "teh")]
    told = prose(pages)
    assert [line[:8] for line in told[pages[0].url]] == ["kopisatu", "kopidua:", "kopitiga"]
    assert not any("langganan" in line for lines in told.values() for line in lines)


def test_the_closest_container_is_taken() -> None:
    pages = [page(story(word), path=f"/{word}.html") for word in ("kopi", "teh")]
    (only,) = group(pages)
    assert (only.selector, only.share, len(only.documents)) == (".isi", 1.0, 2)


def test_a_container_with_junk_in_it_is_the_same_container() -> None:
    junk = f'<div class="langganan"><p>Langganan: {PROSE}</p></div>'
    pages = [page(story("kopi"), path="/1.html"), page(story("teh", extra=junk), path="/2.html")]
    assert [(found.selector, len(found.documents)) for found in group(pages)] == [(".isi", 2)]


def test_a_row_of_boxes_is_a_container_too() -> None:
    boxes = "".join(f'<div class="alinea"><p>kopi {n}: {PROSE}</p></div>' for n in ("satu", "dua", "tiga"))
    aside = f"<div><p>{PROSE}</p></div>" * 6
    (only,) = group([page(f"<h1>Kopi</h1>{boxes}<footer>{aside}</footer>")])
    assert only.selector == ".alinea"


def test_a_page_without_names_gives_no_layout() -> None:
    assert group([page("".join(f"<p>{n}: {PROSE}</p>" for n in "abc"))]) == []


def test_captions_can_be_the_story() -> None:
    captions = "".join(
        f"<figure><img src='/{n}.jpg'><figcaption>{word} {PROSE} (Foto: Gita/Kabar)</figcaption></figure>"
        for n, word in enumerate(("Satu", "Dua"))
    )
    assert is_photo_story([page(f"<h1>Foto</h1><div class='isi'>{captions}</div>")])
    assert not is_photo_story([page(story("kopi"))])
