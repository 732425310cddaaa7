"""What the catalog compares and keeps of an article, and how records make an article again.

A conversion record holds title, lead and text; a metadata record holds the article's JSON without the text.
Both together are the whole article, to the character.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import msgspec

from archiver.article import Article, clean_text

if TYPE_CHECKING:
    from collections.abc import Sequence

Decision: TypeAlias = Literal["allowed", "forbidden", "no rules", "not asked"]
"""Of robots.txt on an address. "forbidden" stands in replays of other people's files alone; "no rules": it has none."""

_PLACELESS: Final = frozenset({"captures", "extractor"})


def digest(article: Article) -> str:
    """Of what the outlet published, as 32 hexadecimal digits: equal for two captures of the same article.

    Title, lead, text, names, dates, dateline, section, tags, source and captions count. What may differ from
    capture to capture does not: the capture itself, extractor and layout, what was removed, addresses of
    pictures.
    """
    said = (
        article.title,
        article.lead,
        article.text,
        article.authors,
        article.editors,
        article.published,
        article.modified,
        article.dateline,
        article.section,
        article.tags,
        article.source,
        [(image.caption, image.credit) for image in article.images],
    )
    return hashlib.blake2b(msgspec.json.encode(said), digest_size=16).hexdigest()


def differing(before: Article, after: Article) -> tuple[str, ...]:
    """Keys in which two readings of a capture differ. Where it lies and which version read it don't count."""
    return tuple(
        key
        for key in Article.__struct_fields__
        if key not in _PLACELESS and getattr(before, key) != getattr(after, key)
    ) or (("captures",) if _ids(before) != _ids(after) else ())


def _ids(article: Article) -> list[str]:
    return [ref.record_id for ref in article.captures]


@dataclass(frozen=True, slots=True)
class Permission:
    """What robots.txt said of a page when it was asked for; `record` is the id of that answer's record.

    `ai_txt` is the id of the record of the host's ai.txt, if it has one.
    """

    decision: Decision
    record: str | None
    ai_txt: str | None = None


UNASKED: Final = Permission("not asked", None)


@dataclass(frozen=True, slots=True)
class Named:
    """What the source `via` says of an address: a headline, and when it was published (ISO 8601). Both are hints."""

    via: str | None
    title: str | None = None
    date: str | None = None


def metadata_payload(
    article: Article,
    *,
    responses: Sequence[str],
    conversion: str,
    permission: Permission = UNASKED,
    named: Named | None = None,
) -> bytes:
    """Block of an article's metadata record.

    `responses` are the ids of the response records of all its pages, in page order; `conversion` is the id of
    the conversion record that holds its text; `permission` is that of its first page; `named` is what a source says.
    """
    payload: dict[str, Any] = {
        "article": _without_text(article),
        "records": {
            "responses": list(responses),
            "conversion": conversion,
            "robots": permission.record,
            "ai_txt": permission.ai_txt,
        },
        "permission": {"robots": permission.decision},
    }
    if named is not None:
        payload["source"] = {"via": named.via, "title": named.title, "date": named.date}
    return msgspec.json.encode(payload)


def article_json(article: Article) -> str:
    """JSON of the article without its text, as the catalog keeps it."""
    return msgspec.json.encode(_without_text(article)).decode()


def restore(article: bytes | str | msgspec.Raw, text: str) -> Article:
    """The article from its JSON and the text that was left out of it; raises `msgspec.MsgspecError`."""
    return msgspec.structs.replace(msgspec.json.decode(article, type=Article), text=text)


def body_of(article: Article, conversion: str) -> str:
    """The article's text: the conversion's block minus title and lead.

    `article` comes without text. Raises `ValueError` where the block does not begin with title and lead: then
    the two records do not belong together.
    """
    head = clean_text(article)
    if not conversion.startswith(head):
        raise ValueError("the text does not begin with the article's title and lead")
    body = conversion[len(head) :]
    return body.removeprefix("\n\n") if head else body


def _without_text(article: Article) -> dict[str, Any]:
    content: dict[str, Any] = msgspec.to_builtins(article)
    del content["text"]
    return content
