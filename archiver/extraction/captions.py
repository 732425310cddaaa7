"""Captions: lines that describe a picture, known by the credit at their end or start."""

from __future__ import annotations

import re

_PHOTO = (
    r"foto|photo|antara\s+(?:foto|photo)|getty|shutterstock|unsplash|pexels|pixabay|freepik|istock|"
    r"screenshot|tangkapan\s+layar|ilustrasi"
)
_LOOSE = (
    r"dok(?:\.|umentasi|umen)?|ist(?:imewa)?|sumber|antara|reuters|afp|ap|epa|xinhua|instagram|twitter|facebook|youtube"
)
_PHOTO_CREDIT = re.compile(rf"[(\[]\s*(?:{_PHOTO})\b[^()\[\]]{{0,110}}[)\]]\.?", re.IGNORECASE)
_LOOSE_CREDIT = re.compile(rf"[(\[]\s*(?:{_LOOSE})\b[^()\[\]]{{0,110}}[)\]]\.?", re.IGNORECASE)
_BARE_CREDIT = re.compile(
    r"(?:^|[\s.)])(?:[A-Z][A-Z.]{2,}(?: [A-Z]{2,})*|[A-Z]\w+\.(?:com|COM|id|ID))\s?/\s?"
    r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,4}$"
)
_NAMED_CREDIT = re.compile(r"[(\[]\s*[A-Z][\w .'’-]{1,40}/\s?[A-Z][\w .'’/-]{1,40}[)\]]\.?")
_SPELT_CREDIT = re.compile(
    r".*[.)”\"]\s*(?:Foto|FOTO|Photo|Dok(?:umentasi)?\.?)\s*[:/]\s*[^.]{2,80}(?:\.\w[^.]{0,40})?"
)
_SLASHED_CREDIT = re.compile(r".*\s/[A-Z@][\w./@ -]{2,50}")
_CREDIT_FIRST = re.compile(
    r"(?:[A-Z][\w-]*\.(?:com|COM|co\.id|id|ID)|[A-Z]{3,}(?: FOTO| PHOTO)?)\s?/\s?[A-Z][A-Z .'’-]{3,40}\s+[A-Z]\w*[a-z]"
)
_BRACKETS = (")", "]", ").", "].")
_ENDS = frozenset(")].")
_SENTENCE_ENDS = frozenset('."”')

MAX_SENTENCES = 4
"""A line of more sentences is a paragraph, whatever stands at its end."""


def is_caption(line: str) -> bool:
    """Whether the line ends in a photo credit that leaves no doubt wherever it stands: `… (Foto: X/Y)`."""
    if line[-1:] in _ENDS and line.endswith(_BRACKETS):
        return _ends_in(_PHOTO_CREDIT, line) and _is_short(line)
    if line[-1:] in _SENTENCE_ENDS or not ("oto" in line or "FOTO" in line or "Dok" in line):
        return False
    return _SPELT_CREDIT.fullmatch(line) is not None and _is_short(line)


def is_credited(line: str) -> bool:
    """Whether the line could be a caption by its credit (`… ANTARA/Name`, `(Dok. X)`); enough only before the story."""
    if not _is_short(line):
        return False
    credited = (
        _ends_in(_LOOSE_CREDIT, line)
        or _ends_in(_NAMED_CREDIT, line)
        or ("/" in line and (_BARE_CREDIT.search(line) or _SLASHED_CREDIT.fullmatch(line) or _CREDIT_FIRST.match(line)))
        or "/©" in line
    )
    return bool(credited)


_BRACKETED_END = re.compile(r"^(?P<caption>.*?)\s*[(\[]\s*(?P<credit>[^()\[\]]{2,110})[)\]]\.?$", re.DOTALL)
_BARE_END = re.compile(
    r"^(?P<caption>.*[.!?)”\"])\s+"
    r"(?P<credit>(?:[A-Z][\w.]*(?: [A-Z][\w.]*){0,3})\s?/\s?[A-Z][^.!?]{2,60}|(?:Dok?c?\.|Foto:) .{2,60})$",
    re.DOTALL,
)
_BLANK = " \t\n\u00a0\u200b\ufeff"
"""What may stand around a caption: blanks, and those without width that editors paste along."""
_LABEL = re.compile(r"^(?:foto|photo|keterangan(?: foto)?|caption)\s*:\s*", re.IGNORECASE)


def split_credit(caption: str) -> tuple[str, str | None]:
    """A caption without its label ("Foto: …") and the credit at its end, if it has one.

    >>> split_credit("Pasar di tepi sungai. (Foto: Ani/Contoh)")
    ('Pasar di tepi sungai.', 'Foto: Ani/Contoh')
    """
    text = _LABEL.sub("", caption.strip(_BLANK))
    if _ends_in(_PHOTO_CREDIT, text) or _ends_in(_LOOSE_CREDIT, text) or _ends_in(_NAMED_CREDIT, text):
        match = _BRACKETED_END.match(text)
    else:
        match = _BARE_END.match(text)
    return (match["caption"], match["credit"]) if match else (text, None)


def _ends_in(credit: re.Pattern[str], line: str) -> bool:
    """Whether the last bracket of the line closes it and holds such a credit."""
    if not line.endswith(_BRACKETS):
        return False
    return credit.fullmatch(line, max(line.rfind("("), line.rfind("["))) is not None


def _is_short(line: str) -> bool:
    return len(line) <= 600 and line.count(". ") < MAX_SENTENCES
