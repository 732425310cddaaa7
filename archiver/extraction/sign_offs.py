"""The sign-off glued to a story's last sentence: the initials of those who wrote and edited it, or a desk's code."""

from __future__ import annotations

import re

_MARK = re.compile(
    r"[(\[]\s*(?:"
    r"[a-z]{2,4}|[A-Z]{2,5}|[A-Z][a-z]{1,3}"  # (abc), (ABC), (Ant)
    r"|[A-Z]{1,3}-\d{1,2}(?:/[A-Z]{1,3}-\d{1,2})*"  # (H-4), (A-1/B-2)
    r"|[A-Za-z]{1,14}(?:\s?[/-]\s?[A-Za-z.]{1,14}){1,4}"  # (abc/def), (kpl/abc/def)
    r"|\*{1,3}(?:/[a-z]{2,4})?"  # (*), (*/abc)
    r")\s*[)\]]\.?|\*{3}"
)
_SENTENCE_END = re.compile(r"[.!?…][\"”'’)\]]*\s*")


def split_sign_off(line: str) -> tuple[str, str | None]:
    """The line without the initials or desk code glued to its end, and these; ordinary brackets stay.

    A mark counts only after the sentence's final punctuation: `… ujarnya. (abc/def)`, `… katanya." (H-4)`.
    """
    start = max(line.rfind("("), line.rfind("["), line.rfind("***"))
    if start <= 0 or not _MARK.fullmatch(line.rstrip(), start):
        return line, None
    text = line[:start]
    end = max(text.rfind(stop) for stop in ".!?…")
    if end < 0 or not _SENTENCE_END.fullmatch(text, end):
        return line, None
    return text.rstrip(), line[start:].strip()
