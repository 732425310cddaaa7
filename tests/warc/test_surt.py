"""The keys of the table are those that cdxj-indexer 1.5 and pywb 2.10 make of the same addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warc.surt import surt

KEYS = {
    "case and www": ("http://WWW2.Tempo.CO/Read/1", "co,tempo)/read/1"),
    "only the first www": ("http://www.www.tempo.co/", "co,tempo,www)/"),
    "www of a top domain": ("http://www.co.id/a", "id,co)/a"),
    "no www": ("http://ww.tempo.co/", "co,tempo,ww)/"),
    "no path": ("https://tempo.co", "co,tempo)/"),
    "a query without a path": ("https://tempo.co?x=1", "co,tempo)/?x=1"),
    "default port": ("https://tempo.co:443/a", "co,tempo)/a"),
    "the other default port": ("http://tempo.co:443/a", "co,tempo:443)/a"),
    "port": ("http://127.0.0.1:8800/a", "1,0,0,127:8800)/a"),
    "empty port": ("http://tempo.co:/a", "co,tempo)/a"),
    "number as host": ("http://3232235521/", "1,0,168,192)/"),
    "IPv6": ("http://[2001:db8::1]:8080/a", "2001:db8::1:8080)/a"),
    "userinfo": ("http://user:pw@tempo.co/x", "co,tempo)/x"),
    "IDN": ("http://bücher.example/ü?ö=ß", "example,xn--bcher-kva)/%c3%bc?%c3%b6=%c3%9f"),
    "IDN, encoded": ("http://xn--bcher-kva.example/%C3%BC", "example,xn--bcher-kva)/%c3%bc"),
    "dots around a host": ("http://..tempo..co./a", "co,tempo)/a"),
    "escapes in a host": ("http://x%2ecom/", "com,x)/"),
    "escapes": ("http://tempo.co/%41%2541 %20b%2fc%3fd%23e", "co,tempo)/aa%20%20b/c?d%23e"),
    "escapes that are none": ("http://tempo.co/%zz%", "co,tempo)/%25zz%25"),
    "bytes that are no UTF-8": ("http://tempo.co/%E4%f6", "co,tempo)/%e4%f6"),
    "blanks": (" http://tempo.co/a\tb\n", "co,tempo)/ab"),
    "slashes": ("http://tempo.co//a///b//", "co,tempo)/a/b"),
    "steps": ("http://tempo.co/a/./b/../c", "co,tempo)/a/c"),
    "an empty step": ("http://tempo.co/a//../b", "co,tempo)/a/b"),
    "above the root": ("http://tempo.co/../a", "co,tempo)/../a"),
    "order of the query": ("http://tempo.co/a?b=1&B=0&a&", "co,tempo)/a?&a&b=0&b=1"),
    "empty query": ("http://tempo.co/a/?", "co,tempo)/a"),
    "escaped ampersand": ("http://tempo.co/a?b=%26&a", "co,tempo)/a?&a&b="),
    "fragment": ("http://tempo.co/a?b#c?d", "co,tempo)/a?b"),
    "session of PHP": ("http://tempo.co/?x=1&PHPSESSID=0123456789abcdef0123456789abcdef", "co,tempo)/?&x=1"),
    "session of Java": ("http://tempo.co/?jsessionid=0123456789abcdef0123456789ABCDEF&x", "co,tempo)/?x"),
    "session in the middle": ("http://tempo.co/a?x&sid=0123456789abcdef0123456789abcdef&y", "co,tempo)/a?x&y"),
    "session of ASP": ("http://tempo.co/?ASPSESSIONIDABCDEFGH=abcdefghijklmnopqrstuvwx&y=1", "co,tempo)/?y=1"),
    "session of ColdFusion": ("http://tempo.co/?cfid=1&cftoken=2&z=1", "co,tempo)/?z=1"),
    "session of ASP.NET": ("http://tempo.co/(S(abcdefghijklmnopqrstuvwx))/a.aspx?b", "co,tempo)/a.aspx?b"),
    "older session of ASP.NET": ("http://tempo.co/(abcdefghijklmnopqrstuvwx)/a.aspx", "co,tempo)/a.aspx"),
    "not short enough for a session": ("http://tempo.co/?sid=short", "co,tempo)/?sid=short"),
    "a host that is no name": ("http://a%20b%E9/", "a%20b%e9)/"),
    "no host": ("DNS:tempo.co", "dns:tempo.co"),
}


@pytest.mark.parametrize("name", KEYS)
def test_keys_are_those_of_other_tools(name: str) -> None:
    url, key = KEYS[name]
    assert surt(url) == key


@given(st.text())
def test_any_text_has_a_key_without_blanks(text: str) -> None:
    key = surt(f"https://tempo.co/{text}")
    assert key.startswith("co,tempo)/")
    assert key.isascii()
    assert " " not in key


@given(st.text(alphabet="abAB/.%25&?=#é~ "))
def test_a_host_of_any_text_is_no_error(text: str) -> None:
    key = surt(f"http://{text}")
    assert key.isascii()
    assert " " not in key
