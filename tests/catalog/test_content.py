"""A conversion and a metadata record together are the whole article, to the character."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.article import clean_text
from archiver.catalog.content import Permission, article_json, body_of, metadata_payload, restore
from tests.catalog.support import article

_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]))


@given(title=st.none() | _TEXT, lead=st.none() | _TEXT, text=_TEXT | st.just("\n\nawal"))
def test_an_article_comes_back_from_its_two_records(title: str | None, lead: str | None, text: str) -> None:
    original = article(title=title, lead=lead, text=text, blocks=())
    kept = article_json(original)
    assert restore(kept, body_of(restore(kept, ""), clean_text(original))) == original


def test_a_text_of_another_article_is_refused() -> None:
    bare = restore(article_json(article()), "")
    with pytest.raises(ValueError, match="title and lead"):
        body_of(bare, "Judul lain\n\nIsi lain.")


def test_the_metadata_record_has_everything_but_the_text() -> None:
    permission = Permission("allowed", "<t>")
    payload = msgspec.json.decode(
        metadata_payload(article(), responses=["<r1>", "<r2>"], conversion="<c>", permission=permission)
    )
    assert payload["records"] == {
        "responses": ["<r1>", "<r2>"],
        "conversion": "<c>",
        "robots": "<t>",
        "ai_txt": None,
    }
    assert payload["permission"] == {"robots": "allowed"}
    whole = msgspec.json.decode(msgspec.json.encode(article()))
    assert payload["article"] | {"text": article().text} == whole
    assert "text" not in payload["article"]
