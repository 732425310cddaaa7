"""Which addresses a page and a stylesheet load: found in HTML and CSS, without any request."""

from __future__ import annotations

import time

import pytest

from archiver.capture import Capture
from archiver.crawling.requisites import css_addresses, page_requisites, srcset_addresses, stylesheet_requisites

PAGE = "https://www.contoh.example/read/1"

HTML = """<!doctype html><html><head><meta charset=utf-8>
<link rel="stylesheet" href="/main.css"><link rel="alternate stylesheet" href="/dark.css">
<link rel="Shortcut Icon" href="/fav.ico"><link rel=preload as=image href=/hero.jpg imagesrcset="/hero-2.jpg 2x">
<link rel=canonical href=/read/1><link rel=next href=/read/1?page=2>
<script src="//cdn.example/app.js"></script><script>var a = "/not-loaded.js"</script>
<style>@import "extra.css"; body { background: url(/bg.png) }</style></head>
<body background=/paper.gif style="border-image: url('/border.svg')">
<img src="/a.jpg#frag" srcset="/a-1.jpg 300w, /a-2.jpg 600w"><img data-src=/lazy.jpg src="data:image/gif;base64,R0lGOD">
<picture><source srcset="/p.webp" type=image/webp><img src="/p.jpg"></picture>
<video poster=/poster.jpg src=/film.mp4><source src=/film.webm></video><iframe src=/frame.html></iframe>
<input type=image src=/button.png><svg><image xlink:href="/chart.png"/></svg><a href=/read/2>next</a>
<img src="/a.jpg"><img src="http://[broken"><img src=""><img src="javascript:void(0)">
<noscript><img src=/pixel.gif></noscript></body></html>"""

HOST = "https://www.contoh.example"

LOADED = [
    *("/main.css", "/dark.css", "/fav.ico", "/hero.jpg", "/hero-2.jpg", "https://cdn.example/app.js"),
    *("/read/extra.css", "/bg.png", "/paper.gif", "/border.svg", "/a.jpg", "/a-1.jpg", "/a-2.jpg", "/lazy.jpg"),
    *("/p.webp", "/p.jpg", "/poster.jpg", "/button.png", "/chart.png", "/pixel.gif"),
]


def test_what_a_page_loads_each_once_in_its_order() -> None:
    found = page_requisites(Capture(PAGE, HTML.encode()))
    assert [url.removeprefix(HOST) for url in found] == LOADED


def test_relative_addresses_follow_the_base_element() -> None:
    html = b'<head><base href="//media.example/x/"></head><img src=a.jpg>'
    assert page_requisites(Capture(PAGE, html)) == ("https://media.example/x/a.jpg",)
    assert page_requisites(Capture(PAGE, html.replace(b"//media.example/x/", b"data:,"))) == (f"{HOST}/read/a.jpg",)


def test_a_page_in_another_charset() -> None:
    html = '<meta charset=windows-1252><img src="/café.jpg">'.encode("cp1252")
    assert page_requisites(Capture(PAGE, html)) == (f"{HOST}/caf%C3%A9.jpg",)


def test_what_a_stylesheet_loads_is_relative_to_itself() -> None:
    css = b'\xef\xbb\xbf@charset "utf-8"; @import url(base.css); h1 { src: url("../fonts/a.woff2?#iefix") }'
    found = stylesheet_requisites(Capture("https://cdn.example/css/main.css", css))
    assert found == ("https://cdn.example/css/base.css", "https://cdn.example/fonts/a.woff2")


@pytest.mark.parametrize(
    ("css", "found"),
    [
        ("a { background: url(a.png) }", ["a.png"]),
        ("a { background: URL( 'a b.png' ), url(\"c.png\") }", ["a b.png", "c.png"]),
        ("@import 'a.css' screen; @import\"b.css\"; @IMPORT url(c.css);", ["a.css", "b.css", "c.css"]),
        ("/* url(a.png) */ a { /* @import 'b.css' */ }", []),
        ("a::before { content: 'url(a.png)' }", []),
        ("@namespace url(http://www.w3.org/2000/svg); a { b: url(c.png) }", ["c.png"]),
        (r"a { b: url(c\29 d.png) } e { f: url('g\'.png') }", ["c)d.png", "g'.png"]),
        ("a { b: url() } c { d: url( ) } e { f: url('') }", []),
        ("a { b: url(c.png", ["c.png"]),
        ("a { content: 'broken\n } b { c: url(d.png) }", ["d.png"]),
        ("/* never closed url(a.png)", []),
    ],
)
def test_what_css_loads(css: str, found: list[str]) -> None:
    assert list(css_addresses(css)) == found


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("a.jpg", ["a.jpg"]),
        ("a.jpg 1x, b.jpg 2x", ["a.jpg", "b.jpg"]),
        (" a.jpg 300w,\n b.jpg", ["a.jpg", "b.jpg"]),
        ("a.jpg, b.jpg 2x", ["a.jpg", "b.jpg"]),
        ("https://cdn.example/w_300,h_200/a.jpg 300w, b.jpg", ["https://cdn.example/w_300,h_200/a.jpg", "b.jpg"]),
        ("", []),
        (" , ,, ", []),
    ],
)
def test_what_a_srcset_names(value: str, found: list[str]) -> None:
    assert list(srcset_addresses(value)) == found


@pytest.mark.parametrize(
    "piece", ["url(", '"\\', "'\n", "/*", "@import ", "@import '", "@namespace ", "url('", "url(\\", "\\", ","]
)
def test_hostile_css_costs_no_more_than_its_length(piece: str) -> None:
    start = time.perf_counter()
    list(css_addresses(piece * 100_000))
    list(srcset_addresses(piece * 100_000))
    assert time.perf_counter() - start < 2
