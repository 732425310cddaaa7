"""Values of an outlet file as Python source, written as ruff writes them."""

from __future__ import annotations

from archiver.outlet import Css, JsonLd, Meta, Selector


def quoted(text: str) -> str:
    """A string literal: double quotes unless that needs more backslashes; nothing that a page says can end it."""
    plain = repr(text)
    if plain.startswith('"') or ('"' in text and "'" not in text):
        return plain
    inner = plain[1:-1].replace("\\'", "'").replace('"', '\\"')
    return f'"{inner}"'


def selector(value: Selector) -> str:
    """A selector as a layout has it: a string, or the call that makes it."""
    match value:
        case Css(query, attr, own):
            extra = (f", attr={quoted(attr)}" if attr else "") + (", own=True" if own else "")
            return f"Css({quoted(query)}{extra})"
        case Meta(name):
            return f"Meta({quoted(name)})"
        case JsonLd(path):
            return f"JsonLd({quoted(path)})"
    return quoted(value)
