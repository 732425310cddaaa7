"""Several pages of one article become one article; pure, like the extraction of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from archiver.article import Article, Block, Image, Removal, Rerouted, Where
from archiver.extraction.pager import page_number


@dataclass(slots=True)
class _Whole:
    """The parts of the article so far, each with the number of its page."""

    blocks: list[Block] = field(default_factory=list)
    rerouted: list[Rerouted] = field(default_factory=list)
    removed: list[Removal] = field(default_factory=list)


def join(articles: Sequence[Article]) -> Article:
    """One article of all pages, in the order of their numbers.

    Title, lead and facts are the first page's; a later page fills what the first left empty. What a later page repeats
    (title, lead, the last block before the joint) is removed with that reason. `complete` says whether every page that
    any pager names is there.
    """
    if not articles:
        raise ValueError("no pages to join")
    pages = sorted(articles, key=lambda article: page_number(article.url))
    if len(pages) == 1:
        return pages[0]
    first = pages[0]
    whole = _Whole()
    for number, page in enumerate(pages, start=1):
        _add(whole, page, number, first)
    urls = tuple(page.url for page in pages)
    numbers = {page_number(url) for url in urls}
    missing = {page_number(url): url for page in pages for url in page.more_pages if page_number(url) not in numbers}
    return msgspec.structs.replace(
        first,
        authors=_merged([page.authors for page in pages]),
        editors=_merged([page.editors for page in pages]),
        tags=_merged([page.tags for page in pages]),
        published=next((page.published for page in pages if page.published), None),
        source=next((page.source for page in pages if page.source), None),
        images=_images(pages),
        pages=urls,
        more_pages=tuple(missing[number] for number in sorted(missing)),
        complete=not missing and all(page.outcome == "saved" for page in pages),
        areas=tuple(path for page in pages for path in page.areas),
        text="\n\n".join(block.text for block in whole.blocks),
        blocks=tuple(whole.blocks),
        rerouted=tuple(whole.rerouted),
        removed=tuple(whole.removed),
        notes=tuple(f"page {number}: {note}" for number, page in enumerate(pages, start=1) for note in page.notes),
        captures=tuple(ref for page in pages for ref in page.captures),
    )


def _add(whole: _Whole, page: Article, number: int, first: Article) -> None:
    replace = msgspec.structs.replace
    blocks = [replace(block, where=Where(number, block.where.path)) for block in page.blocks]
    whole.rerouted += [replace(line, where=Where(number, line.where.path)) for line in page.rerouted]
    whole.removed += [replace(line, where=Where(number, line.where.path)) for line in page.removed]
    if number == 1:
        whole.blocks += blocks
        return
    for name, text in (("title", page.title), ("lead", page.lead)):
        if text:
            rule = (
                f"{name} repeated on a later page" if text in (first.title, first.lead) else f"{name} of a later page"
            )
            whole.removed.append(Removal("pagination", text, rule, Where(number, next(iter(page.areas), "/html"))))
    if blocks and whole.blocks and blocks[0].text == whole.blocks[-1].text:
        joint = blocks.pop(0)
        whole.removed.append(Removal("pagination", joint.text, "repeated at the joint", joint.where))
    whole.blocks += blocks


def _merged(lists: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for names in lists for name in names))


def _images(pages: Sequence[Article]) -> tuple[Image, ...]:
    images: dict[str, Image] = {}
    for page in pages:
        for image in page.images:
            images.setdefault(image.url, image)
    return tuple(images.values())
