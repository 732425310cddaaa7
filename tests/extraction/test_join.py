import pytest

from archiver.capture import Capture
from archiver.extraction import extract, join
from archiver.extraction.pager import page_number
from tests.extraction.pages import STORY, URL, html, outlet

PAGES_AND_ALL = ("1", "2", "3", "all")
PAGER = f"<div>{' '.join(f'<a href=?page={page}>{page}</a>' for page in PAGES_AND_ALL)}</div>"


def page(number: int, body: str) -> Capture:
    address = URL if number == 1 else f"{URL}?page={number}"
    return Capture(address, html(body, around=PAGER).encode())


PAGES = [page(number, f"<p>{text}</p>") for number, text in enumerate(STORY, start=1)]


def test_a_page_names_the_others() -> None:
    article = extract(PAGES[1], outlet())
    assert article.more_pages == (URL, f"{URL}?page=3")
    assert not article.complete


def test_pages_join_in_order_whatever_order_they_come_in() -> None:
    article = join([extract(PAGES[at], outlet()) for at in (2, 0, 1)])
    assert article.text == "\n\n".join(STORY)
    assert [page_number(url) for url in article.pages] == [1, 2, 3]
    assert [block.where.page for block in article.blocks] == [1, 2, 3]
    assert article.url == URL
    assert article.complete


def test_a_missing_page_is_told() -> None:
    article = join([extract(PAGES[0], outlet()), extract(PAGES[2], outlet())])
    assert not article.complete
    assert [page_number(url) for url in article.more_pages] == [2]


def test_nothing_is_repeated_at_a_joint() -> None:
    second = extract(page(2, f"<p>{STORY[0]}</p><p>{STORY[1]}</p>"), outlet())
    article = join([extract(PAGES[0], outlet()), second])
    assert article.text == "\n\n".join(STORY[:2])
    assert [item.rule for item in article.removed if item.text == STORY[0]] == ["repeated at the joint"]


def test_one_page_is_left_as_it_is() -> None:
    article = extract(PAGES[0], outlet())
    assert join([article]) == article


def test_the_page_that_holds_all_needs_no_other() -> None:
    capture = Capture(f"{URL}?page=all", html(around=PAGER).encode())
    assert extract(capture, outlet()).complete


def test_nothing_cannot_be_joined() -> None:
    with pytest.raises(ValueError, match="no pages"):
        join([])
