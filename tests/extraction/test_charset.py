import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.capture import Capture
from archiver.extraction.charset import decode, markup

PAGE = "<html><head><meta charset='{0}'></head><p>Harga naik 5 %, kata “Pak Lurah” – café</p>"


def page(body: bytes, content_type: str | None = None) -> Capture:
    headers = [("Content-Type", content_type)] if content_type else []
    return Capture("https://example.org/", body, headers)


def test_utf8_under_a_wrong_declaration() -> None:
    text, charset = decode(page(PAGE.format("iso-8859-1").encode()))
    assert "“Pak Lurah” – café" in text
    assert (charset.declared, charset.sniffed, charset.used) == ("iso-8859-1", "utf-8", "utf-8")


@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1252", "ISO_8859-1", "latin1"])
def test_latin_labels_mean_windows_1252_as_in_browsers(label: str) -> None:
    text, charset = decode(page(PAGE.format(label).encode("windows-1252")))
    assert "“Pak Lurah” – café" in text
    assert charset.used == "cp1252"


def test_the_header_outweighs_the_page() -> None:
    body = PAGE.format("utf-8").encode("windows-1252")
    assert decode(page(body, "text/html; charset=windows-1252"))[1].used == "cp1252"


def test_a_byte_order_mark_outweighs_all() -> None:
    text, charset = decode(page(b"\xff\xfe" + "<p>é".encode("utf-16-le"), "text/html; charset=utf-8"))
    assert text == "<p>é"
    assert charset.used == "utf-16-le"


@pytest.mark.parametrize("label", ["no-such-charset", "base64", "zip"])
def test_labels_that_are_no_text_encoding(label: str) -> None:
    assert decode(page(PAGE.format(label).encode("windows-1252")))[1].used == "cp1252"


@given(st.binary(max_size=200), st.sampled_from(["utf-8", "gb2312", "utf-16", "shift_jis", "idna", "undefined", "hex"]))
def test_no_bytes_raise(body: bytes, label: str) -> None:
    text, _ = decode(page(body, f"text/html; charset={label}"))
    assert isinstance(text, str)


def test_nuls_are_left_out() -> None:
    capture = Capture("https://contoh.example/", b"<title>Pasar \0pagi</title>")
    text, charset = decode(capture)
    assert (text, charset.used) == ("<title>Pasar pagi</title>", "utf-8")
    assert markup(capture, text, charset) == text
