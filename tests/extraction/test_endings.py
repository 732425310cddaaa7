"""What stands behind the last paragraph."""

from __future__ import annotations

from archiver.extraction import endings
from archiver.extraction.lines import Anchor, Line
from tests.extraction.pages import STORY


def line(text: str, kind: str = "paragraph", *, group: int = 0, link: str | None = None, linked: float = 1.0) -> Line:
    links = [Anchor(link, [text])] if link else []
    return Line("body", kind, text, "/html", group=group, linked=linked if link else 0.0, links=links)


def closed(*lines: Line) -> list[str | None]:
    """The rule by which each line is dropped; None where it stays."""
    endings.close(lines)
    return [line.rule for line in lines]


def test_a_list_of_links_goes_with_its_heading() -> None:
    items = [line(f"Kabar {number}", "item", group=1, link="/a") for number in range(3)]
    partly = line("Kabar lain dan banyak lagi", "item", group=1, link="/a", linked=0.4)
    story, *rest = closed(line(STORY[0]), line("Kabar Lain", "heading"), *items, partly)
    assert story is None
    assert rest == ["list of links behind the story"] * 5


def test_a_list_without_links_stays() -> None:
    items = [line(f"Langkah {number}", "item", group=1) for number in range(3)]
    assert closed(line(STORY[0]), *items) == [None] * 4


def test_how_to_reach_the_author() -> None:
    contacts = [line("Surel: a@contoh.id", link="mailto:a@contoh.id"), line("@bayu", link="https://twitter.com/bayu")]
    assert closed(line(STORY[0]), *contacts) == [None, *["contact behind the story"] * 2]


def test_a_linked_post_within_the_story_stays() -> None:
    post = line("kicauannya", link="https://twitter.com/bayu/status/1")
    assert closed(line(STORY[0]), post) == [None, None]
    assert closed(line(STORY[0]), line("@bayu", link="https://twitter.com/bayu"), line(STORY[1])) == [None] * 3


def test_the_only_line_stays() -> None:
    assert closed(line("Surel", link="mailto:a@contoh.id")) == [None]
