"""Header fields of requests that give whoever reads a file access to something: they are left out of records."""

from __future__ import annotations

_CREDENTIALS = frozenset({b"authorization", b"cookie"})
_NEVER_KEPT = frozenset({b"proxy-authorization"})


def withheld(*, keep: bool) -> frozenset[bytes]:
    """Names, in lower case, of the fields to leave out; `keep` says that the site's own credentials may stay."""
    return _NEVER_KEPT if keep else _NEVER_KEPT | _CREDENTIALS


def without_headers(sent: bytes, names: frozenset[bytes]) -> tuple[bytes, list[str]]:
    """-> the request without the headers of these names (lower case), the names of those it had."""
    head, blank, body = sent.partition(b"\r\n\r\n")
    kept: list[bytes] = []
    removed: list[str] = []
    for line in head.split(b"\r\n"):
        name = line.partition(b":")[0]
        if name.lower() in names:
            removed.append(name.decode("latin-1"))
        else:
            kept.append(line)
    return b"\r\n".join(kept) + blank + body, removed
