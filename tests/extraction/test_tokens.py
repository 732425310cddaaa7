"""What the tokenizer takes for text, and where it says that it stands."""

from __future__ import annotations

import pytest

from archiver.extraction.tokens import tokens, units


def texts(source: str) -> list[str]:
    return [source[token.start : token.end] for token in tokens(source)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("satu<b>dua</b>tiga", ["satu", "dua", "tiga"]),
        ("<a title=\"x>y\" href='a>b' c=d>e>f</a>", ["e>f"]),
        ("<a b=c/d>e<img/src=x>f<p =g>h<p i=>j", ["e", "f", "h", "j"]),
        ("a<!-- <p>b --> c<!-->d<!--->e<!-- f --!>g", ["a", " c", "d", "e", "g"]),
        ("a<!doctype html>b<?pi x?>c</>d</ x>e<!x>f", ["a", "b", "c", "d", "e", "f"]),
        ("<script>a<b</script>c<style>d<e</style>f", ["c", "f"]),
        ("<script><!--<script>a</script>b--></script>c", ["c"]),
        ("<script><!--<script>a</script>b</script>c", ["c"]),
        ("<script><!-- a</script>b", ["b"]),
        ("<title>a<b>c</title>d<textarea>e<f>g</textarea>", ["a<b>c", "d", "e<f>g"]),
        ("<iframe>a<b>c</iframe>d<plaintext>e<f></plaintext>", ["a<b>c", "d", "e<f></plaintext>"]),
        ("<svg><title>a<b>c</b></title></svg>d", ["a", "c", "d"]),
        ("<svg><style>a<p>b</p></svg>c", ["a", "b", "c"]),
        ("<svg><![CDATA[a<b]]>c</svg><![CDATA[d]]>e", ["a<b", "c", "e"]),
        ("<svg/><title>a<b></title>", ["a<b>"]),
        ("<math><mtext><title>a<b></title></mtext></math>", ["a<b>"]),
        ("a < b <3 c", ["a ", "<", " b ", "<", "3 c"]),
        ("a<b c='d>e", ["a"]),
        ("a</b", ["a"]),
        ("a</", ["a", "<", "/"]),
        ("", []),
    ],
)
def test_tokens(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a&amp;b", [("a", "a"), ("&", "&amp;"), ("b", "b")]),
        ("&copy2024", [("©", "&copy"), ("2", "2"), ("0", "0"), ("2", "2"), ("4", "4")]),
        ("&notit;", [("¬", "&not"), ("i", "i"), ("t", "t"), (";", ";")]),
        ("&#x41;&#66;&#67", [("A", "&#x41;"), ("B", "&#66;"), ("C", "&#67")]),
        ("&#128;", [("€", "&#128;")]),
        ("&NotEqualTilde;", [("≂̸", "&NotEqualTilde;")]),
        ("& &x", [("&", "&"), (" ", " "), ("&", "&"), ("x", "x")]),
    ],
)
def test_units(source: str, expected: list[tuple[str, str]]) -> None:
    found = units(source, 0, len(source), coded=True)
    assert [(unit.text, source[unit.start : unit.end]) for unit in found] == expected


def test_a_reference_does_not_reach_beyond_its_text() -> None:
    source = "&am<b>p;</b>"
    assert [unit.text for unit in units(source, 0, 3, coded=True)] == ["&", "a", "m"]


def test_raw_text_has_no_references() -> None:
    assert [unit.text for unit in units("&lt;", 0, 4, coded=False)] == ["&", "l", "t", ";"]
