"""The visible characters of a page against the parser's own text, and each against its place in the source."""

from __future__ import annotations

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.extraction.dom import Page, visible_text
from archiver.extraction.stream import HARD, NONE, SOFT, Stream, read

NASTY = (
    "<p>a&amp;b <b>c</b>d<br>e",
    "<table>luar<tr>baris<td>sel</table>akhir",
    "<table>&#32;<tr>&nbsp;<td>sel</table>",
    "<p>satu<b>dua<p>tiga</b>empat",
    "<b><p>salah</b>sarang</p>",
    "<ul><li>satu<li>dua</ul>",
    "<select><option>a<option>b<p>c</select>",
    "<p>kar\u200bakter\u00a0khusus \ue000\ue001 \U000f0000",
    "<p>a\x00b<svg>c\x00d</svg>",
    "<svg><title>a<b>c</title><![CDATA[x<y]]></svg>",
    "<textarea>\na&amp;<b></textarea>",
    "<template>tak<p>tampak</template><noscript>tak</noscript>tampak<p hidden>tak</p>",
    "sebelum<html><head><title>x</title><body>isi</body></html>sesudah",
    "<frameset><frame></frameset>teks",
    "a\r\nb\rc\fd",
    "<div>" * 300 + "<b>" * 600 + "dalam",
)


def squeezed(text: str) -> str:
    return "".join(text.split())


def checked(source: str) -> Stream:
    """The stream, of which every placed character is what its place in the source says."""
    page = Page(source)
    stream = read(source, page)
    assert len(stream.spans) == len(stream.tokens) == len(stream.breaks) - 1 == len(stream)
    for character, span in zip(stream.text, stream.spans, strict=True):
        if span is not None:
            raw = source[slice(*span)]
            assert character == raw or character in html.unescape(raw) or (character, raw) == ("\ufffd", "\0")
    return stream


@pytest.mark.parametrize("source", NASTY[:-1])
def test_every_character_has_its_place(source: str) -> None:
    stream = checked(source)
    page = Page(source)
    assert "".join(stream.text) == squeezed(visible_text(page.root, page.hidden))
    assert None not in stream.spans


def test_depth_is_no_limit() -> None:
    assert "".join(checked(NASTY[-1]).text) == "dalam"


def test_text_that_the_parser_moves_keeps_its_place() -> None:
    source = "<table><tr><td>sel</td></tr>luar</table>"
    stream = checked(source)
    assert "".join(stream.text) == "luarsel"
    assert stream.ranges(range(4)) == ((source.index("luar"), source.index("luar") + 4),)


def test_breaks() -> None:
    stream = checked("<p>ab <i>c</i>d<br>e</p><p>f")
    assert "".join(stream.text) == "abcdef"
    assert list(stream.breaks) == [HARD, NONE, SOFT, NONE, HARD, HARD, HARD]


def test_ranges_join_what_no_markup_parts() -> None:
    source = "<p>satu &amp; dua<!-- x -->tiga</p>"
    stream = checked(source)
    found = stream.ranges(range(len(stream)))
    assert found is not None
    assert [source[slice(*span)] for span in found] == ["satu &amp; dua", "tiga"]


MARKUP = (
    "<p> </p> <b> </b> <table> <td> </table> <br> <!-- --> <svg> </svg> <title> </title> <script> </script> "
    "<a <![CDATA[ &amp; &am"
).split(" ")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([*MARKUP, *"ab< &>/\"'=-!?\n"]), max_size=40))
def test_no_place_is_wrong(parts: list[str]) -> None:
    checked("".join(parts))
