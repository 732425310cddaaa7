"""Whether a page is an article at all; what is none gets its outcome, with the evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archiver.article import Outcome, Removal
from archiver.extraction.dom import Page, visible_text
from archiver.extraction.head import Head

_CHALLENGE = re.compile(
    r"just a moment\.\.\.|attention required!|checking (?:your browser|if the site connection)|cf-chl-|"
    r"verify(?:ing)? (?:that )?you are (?:a )?human|are you a robot|access denied|"
    r"the request could not be satisfied",  # CloudFront, to clients that it takes for robots
    re.IGNORECASE,
)
_NOT_FOUND = re.compile(
    r"^\W*(?:error\W*|galat\W*)?404\b|\b404\W+(?:not found|error|halaman|page)|"
    r"(?:halaman|artikel|berita|page|article) (?:yang anda (?:cari|tuju) )?(?:tidak (?:di)?temukan|tidak ada)|"
    r"\bnot found\b|tidak tersedia lagi",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"before you continue|sebelum melanjutkan|we value your privacy|kami menghargai privasi|"
    r"accept (?:all )?cookies|(?:men|t)erima semua (?:cookie|kuki)|menyimpan (?:cookie|kuki) di perangkat",
    re.IGNORECASE,
)
_GAMBLING = re.compile(
    r"\b(?:slot gacor|slot online|situs slot|judi online|togel|maxwin|rtp live|bandar bola|slot88)\b", re.IGNORECASE
)
_PAYWALL = re.compile(
    r"akses penuh seluruh artikel|berlangganan (?:tempo\+|untuk membaca|sekarang untuk)|sudah berlangganan\? masuk|"
    r"subscribe to (?:continue|read)|langganan untuk (?:membaca|melanjutkan)",
    re.IGNORECASE,
)

_TEASER = 1200
"""A body up to this many characters may be a teaser; the longest paywall teasers seen are about half of it."""

_MANY = 3
_SHORT = 120
"""A fallback body up to this many characters is no story: measured on index, tag and error pages."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the page ends, and what showed it."""

    outcome: Outcome
    evidence: str


def judge(
    page: Page, head: Head, title: str | None, text: str, removed: Sequence[Removal], *, fallback: bool
) -> Verdict | None:
    """Why the page is no article; None where it is one. `text` is the kept body, `removed` what was taken out."""
    if not text:
        return _without_body(head, visible_text(page.body, page.hidden))
    spam = _GAMBLING.findall(f"{head.title} {title or ''}")
    if spam and len(_GAMBLING.findall(text)) >= _MANY:
        return Verdict("hijacked", f"gambling words in title and text: {spam[0]!r}")
    if len(text) < _TEASER:
        walled = _walled(head, title, text, removed, fallback=fallback)
        if walled is not None:
            return walled
    return _without_layout(head, text) if fallback else None


def _walled(head: Head, title: str | None, text: str, removed: Sequence[Removal], *, fallback: bool) -> Verdict | None:
    """What stands in place of a story, or in front of it, on a page with little text."""
    for name in (title or "", head.title):
        if _CHALLENGE.search(name):
            return Verdict("challenge", f"title {name!r}")
        if _NOT_FOUND.search(name):
            return Verdict("soft_404", f"title {name!r}")
    if next(iter(head.ld("isAccessibleForFree")), "").lower() == "false":
        return Verdict("paywall", "jsonld:isAccessibleForFree false and a short body")
    wall = next((found for removal in removed if (found := _PAYWALL.search(removal.text))), None)
    if wall and (fallback or len(text) < _TEASER // 2):
        return Verdict("paywall", f"text {wall[0]!r} and a short body")
    if fallback and _CONSENT.search(text[:400]):
        return Verdict("consent_wall", "consent text instead of a story")
    return None


def _without_body(head: Head, whole: str) -> Verdict:
    if not whole:
        return Verdict("empty", "no visible text")
    first = f"{head.title}\n{whole[:600]}"
    for outcome, pattern in _SIGNS:
        found = pattern.search(first)
        if found:
            return Verdict(outcome, f"text {found[0]!r}, no body")
    return Verdict("empty", "the body element holds no text that is kept")


_SIGNS: tuple[tuple[Outcome, re.Pattern[str]], ...] = (
    ("challenge", _CHALLENGE),
    ("soft_404", _NOT_FOUND),
    ("paywall", _PAYWALL),
    ("consent_wall", _CONSENT),
)


def _without_layout(head: Head, text: str) -> Verdict | None:
    """An unknown page is an article only if it says so or holds a story's worth of text."""
    says_so = (
        bool(head.article)
        or (head.get("og:type") or "").lower() == "article"
        or bool(head.get("article:published_time"))
    )
    if len(text) < _SHORT:
        return Verdict("not_article", f"{len(text)} characters of text")
    if not says_so and not any(len(line) >= _SHORT for line in text.splitlines()):
        return Verdict("not_article", "no paragraph of running text and no article metadata")
    return None
