"""Junk among the paragraphs, and the rules that take it out."""

from __future__ import annotations

from archiver.extraction import extract
from archiver.healing.cases import Case
from archiver.healing.intruders import find_intruders
from archiver.healing.lookup import Lookup
from archiver.healing.memory import remember, with_repeated
from tests.extraction.pages import STORY, html
from tests.healing.small import AFTER, BEFORE, OUTLET, case_of, seen

OFFER = "<div class='ajakan'><p>Sarapan pagi pembaca kini tersedia dalam kotak kayu dari Desa Lereng Damai.</p></div>"
OTHERS = (
    "<div class='pilihan'><p>Kata mereka yang lain</p><ul>"
    "<li><a href='/2020/03/03/ladang-angin-di-bukit'>Ladang Angin di Bukit Timur</a></li>"
    "<li><a href='/2020/03/02/rumah-benih-desa'>Rumah Benih Desa Buka Lagi</a></li></ul></div>"
)


def body_with(junk: str, place: int = 1) -> str:
    lines = [f"<p>{line}</p>" for line in STORY]
    return "".join([*lines[:place], junk, *lines[place:]])


def rules_for(*pages: str) -> tuple[list[tuple[str, str]], list[str]]:
    read = [(case, extract(case.sample.capture, OUTLET)) for case in map(case_of, pages)]
    rules, nameless = find_intruders(read, remember((), OUTLET))
    return [(rule.query, rule.kind) for rule in rules], nameless


def test_a_list_of_links_is_related() -> None:
    rules, nameless = rules_for(html(body_with(OTHERS)))
    assert rules in ([(".pilihan", "related_list")], [])  # the rules for text may know it already
    assert nameless == []


def test_what_the_earlier_capture_lacks() -> None:
    assert rules_for(html(body_with(OFFER))) == ([(".ajakan", "other")], [])


def test_a_clean_page_has_none() -> None:
    assert rules_for(html()) == ([], [])


def test_a_rule_never_drops_a_line_of_the_story() -> None:
    """The box has no name but that of the paragraphs around it."""
    lines = [f"<p class='baris'>{line}</p>" for line in STORY]
    page = html("".join([lines[0], "<p class='baris'>Sarapan pagi pembaca tersedia dalam kotak kayu.</p>", *lines[1:]]))
    rules, nameless = rules_for(page)
    assert rules == []
    assert nameless == ["Sarapan pagi pembaca tersedia dalam kotak kayu."]


def test_junk_of_before_keeps_its_kind() -> None:
    memory = remember([seen(html(around="<div class='terkait'>Kabar sungai dari hulu</div>"), BEFORE)], OUTLET)
    assert memory.junk == {"Kabar sungai dari hulu": "related_list"}
    case = case_of(html(body_with("<div class='kotak'>Kabar sungai dari hulu</div>")))
    rules, _ = find_intruders([(case, extract(case.sample.capture, OUTLET))], memory)
    assert [(rule.query, rule.kind, rule.because) for rule in rules] == [
        (".kotak", "related_list", "it was removed before")
    ]


def test_without_an_earlier_capture_what_stands_in_two_stories() -> None:
    read = []
    for number, title in enumerate(("Pasar Apung Karang Dibuka Lagi", "Dermaga Lama Diperbaiki Warga")):
        lines = "".join(f"<p>{line.replace('pasar', title.lower())} {number}</p>" for line in STORY)
        after = seen(html(lines + OFFER, title=title), AFTER, f"https://berita.contoh.id/2021/07/01/{number}")
        lookup = Lookup(after.page)
        case = Case(after, OUTLET.layouts[0], after.article, earlier=False, told=False, symptoms=(), lookup=lookup)
        read.append((case, after.article))
    memory = with_repeated(remember((), OUTLET), [case.sample for case, _ in read])
    rules, _ = find_intruders(read, memory)
    assert [(rule.query, rule.right, rule.of) for rule in rules] == [(".ajakan", 2, 2)]
