"""Names of cases."""

from __future__ import annotations

import pytest

from archiver.fixtures.naming import case_name, is_case_name


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://a.example/read/123/Panen-Padi_Gogo-di-Lereng-Bukit.html", "panen-padi-gogo-di"),
        ("https://a.example/read/pasar-apung-dibuka/77-x", "pasar-apung-dibuka"),
        ("https://a.example/00018655.html", "example"),
        ("https://a.example/rss.xml", "rss"),
        ("https://a.example/%6Cereng%2Fbukit", "lereng-bukit"),
        ("https://1.2/", "page"),
    ],
)
def test_a_name_is_the_first_words_of_the_longest_part(url: str, name: str) -> None:
    assert case_name(url) == name
    assert is_case_name(name)


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert case_name("https://a.example/rss.xml", {"rss", "rss-2"}) == "rss-3"


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".a", "A", "a b", "-a", "a\n"])
def test_what_is_no_name_for_a_file(name: str) -> None:
    assert not is_case_name(name)
