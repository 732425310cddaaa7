from __future__ import annotations

import pytest

from tests.warc.samples import INFO, PAGE, START, chunked_message, exchange, message
from warc import draft
from warc.message import parse_head
from warc.record import sha1_label


def fields_of(record: draft.Draft) -> dict[str, str]:
    lines = record.header("<urn:x:1>", "<urn:x:0>").decode().split("\r\n")
    assert lines[0] == "WARC/1.1"
    assert lines[-2:] == ["", ""]
    return dict(line.split(": ", 1) for line in lines[1:-2])


def test_a_response() -> None:
    one = exchange()
    head = parse_head(one.received)
    assert head
    fields = fields_of(draft.response(one, head, [PAGE], sha1_label(PAGE)))
    assert fields == {
        "WARC-Type": "response",
        "WARC-Record-ID": "<urn:x:1>",
        "WARC-Date": "2021-05-04T03:02:01.500000Z",
        "WARC-Target-URI": "https://www.example.com/a",
        "WARC-Warcinfo-ID": "<urn:x:0>",
        "WARC-IP-Address": "127.0.0.1",
        "WARC-Protocol": "tls/1.3",  # the last of two
        "WARC-Cipher-Suite": "TLS_AES_256_GCM_SHA384",
        "WARC-Payload-Digest": sha1_label(PAGE),
        "WARC-Block-Digest": sha1_label(one.received),
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(one.received)),
    }


@pytest.mark.parametrize(
    ("content_type", "identified"),
    [(b"text/html; charset=utf-8", None), (b"text/html", "text/html"), (b"text/plain", "text/html")],
)
def test_a_payload_is_identified_unless_its_charset_would_be_lost(content_type: bytes, identified: str | None) -> None:
    one = exchange(received=b"HTTP/1.1 200 OK\r\nContent-Type: " + content_type + b"\r\n\r\n" + PAGE)
    head = parse_head(one.received)
    assert head
    fields = fields_of(draft.response(one, head, [PAGE], sha1_label(PAGE)))
    assert fields.get("WARC-Identified-Payload-Type") == identified


def test_a_chunked_response_states_no_payload_digest() -> None:
    one = exchange(received=chunked_message())
    head = parse_head(one.received)
    assert head
    assert "WARC-Payload-Digest" not in fields_of(draft.response(one, head, [PAGE], "sha1:x"))


def test_a_revisit_has_the_head_alone() -> None:
    one = exchange()
    head = parse_head(one.received)
    assert head
    record = draft.revisit(
        one, head, "sha1:x", draft.Earlier("<urn:x:2>", "https://b.example/", "2020-01-01T00:00:00Z")
    )
    fields = fields_of(record)
    assert one.received[:] == record.block[:] + PAGE
    assert fields["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert fields["WARC-Refers-To"] == "<urn:x:2>"
    assert fields["WARC-Refers-To-Target-URI"] == "https://b.example/"
    assert fields["WARC-Refers-To-Date"] == "2020-01-01T00:00:00Z"
    assert fields["WARC-Payload-Digest"] == "sha1:x"


def test_a_request_names_its_answer_if_there_is_one() -> None:
    one = exchange()
    assert fields_of(draft.request(one, "<urn:x:2>"))["WARC-Concurrent-To"] == "<urn:x:2>"
    assert "WARC-Concurrent-To" not in fields_of(draft.request(one, None))


def test_a_note_only_where_there_is_something_to_say() -> None:
    assert draft.note(exchange(), "<urn:x:2>", answered=True) is None
    odd = exchange(exact=False, notes=("request header not kept: Cookie",), error="Timeout: slow\r\noutcome: fine")
    note = draft.note(odd, "<urn:x:2>", answered=False)
    assert note
    assert note.block == (
        b"outcome: no response\r\nexact-bytes: no\r\nnote: request header not kept: Cookie\r\n"
        b"error: Timeout: slow outcome: fine\r\n"
    )
    assert fields_of(note)["Content-Type"] == "application/warc-fields"


def test_truncation_is_told() -> None:
    one = exchange(received=message()[:200], truncated="time")
    head = parse_head(one.received)
    assert head
    assert fields_of(draft.response(one, head, [], "sha1:x"))["WARC-Truncated"] == "time"
    assert fields_of(draft.leftovers(one, None))["WARC-Truncated"] == "time"


@pytest.mark.parametrize(("refers_to", "url"), [("<urn:x:2>", None), (None, "https://a.example/x")])
def test_metadata_has_an_address_or_a_capture(refers_to: str | None, url: str | None) -> None:
    record = draft.metadata("https://a.example/x#y", b"{}", "application/json", refers_to, START)
    fields = fields_of(record)
    assert fields.get("WARC-Target-URI") == url
    assert fields.get("WARC-Refers-To") == refers_to


def test_warcinfo_and_conversion() -> None:
    info = draft.warcinfo(INFO, "a.warc.gz", START)
    assert fields_of(info)["WARC-Filename"] == "a.warc.gz"
    assert b"\r\noperator: the tests\r\n" in info.block[:]
    text = draft.conversion("https://a.example/x", "Café", "<urn:x:2>", START)
    assert text.block == "Café".encode()
    assert fields_of(text)["Content-Type"] == "text/plain; charset=utf-8"
    assert "WARC-Payload-Digest" not in fields_of(text)
