"""What was found and what is proposed, in words for a person who has to decide."""

from __future__ import annotations

from collections.abc import Iterator

from archiver.healing.cases import Case
from archiver.healing.draft import Evidence
from archiver.healing.heal import Healing, Proposal

_SHOWN = 5
"""Pages that are told of one by one."""


def lines_of(healing: Healing) -> Iterator[str]:
    """The whole account, line by line."""
    name = healing.outlet.name
    if healing.skipped:
        outcomes = ", ".join(sorted({sample.article.outcome for sample in healing.skipped}))
        yield f"{name}: {_captures(len(healing.skipped))} left alone that did not tell a story: {outcomes}"
    if not healing.broken:
        yield f"{name}: {_captures(len(healing.fitting))} read, nothing is broken: it fits already"
        return
    count = len(healing.broken) + len(healing.fitting)
    since = min(case.sample.date for case in healing.broken).date()
    yield f"{name}: {len(healing.broken)} of {_captures(count)} are not read as they should be, the first of {since}"
    for proposal in healing.proposals:
        yield from _proposal(proposal)
    for base, cases in healing.refused.items():
        yield f"  no proposal for {_captures(len(cases))} that {base} read:"
        yield from _symptoms(cases)
        yield f"    {why_refused(cases)}"


def why_refused(cases: tuple[Case, ...]) -> str:
    """Why nothing is proposed for these pages."""
    if not any(case.truth.text for case in cases):
        return "no text is known that they must hold: give earlier captures of the same addresses with --good"
    title = cases[0].truth.title or cases[0].sample.url
    return f"no container was found that holds the text of {title!r} and does so on the other pages too"


def sureness(evidence: Evidence) -> str:
    """How far the pages bear a selector out."""
    if evidence.right < evidence.of:
        return "not on all pages"
    if evidence.of == 1:
        return "one page says so"
    return "likely" if evidence.of == 2 else "sure"


def _proposal(proposal: Proposal) -> Iterator[str]:
    draft, pages = proposal.draft, proposal.pages
    cases = tuple(page.case for page in pages)
    earlier = sum(case.earlier for case in cases)
    yield f"  {_captures(len(pages))} that {draft.base.name} read; {earlier} of them with an earlier capture to compare"
    yield from _symptoms(cases)
    yield f"  proposed: {draft.layout.name}, from {draft.layout.since} on"
    rows = [(item.part, item.selector, f"{item.right} of {item.of}", _because(item)) for item in draft.evidence]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)] if rows else []
    for row in rows:
        yield "    " + "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
    whole = sum(not page.left for page in pages)
    yield f"  with it {whole} of {_captures(len(pages))} read as they should; {_others(proposal)}"
    for page in pages:
        for symptom in page.left:
            yield f"    still wrong: {symptom.part}: {symptom.words} ({page.case.sample.url})"
    for words in draft.unsolved:
        yield f"    not mended: {words}"


def _because(evidence: Evidence) -> str:
    return "; ".join(part for part in (sureness(evidence), evidence.because) if part)


def _others(proposal: Proposal) -> str:
    if not proposal.good:
        return "no good captures were at hand to hold it against"
    if not proposal.changed:
        return f"{_captures(proposal.good)} from before stay as they are"
    return f"{len(proposal.changed)} of {_captures(proposal.good)} from before would be read otherwise"


def _symptoms(cases: tuple[Case, ...]) -> Iterator[str]:
    for case in cases[:_SHOWN]:
        yield f"    {case.sample.date.date()} {case.sample.url}"
        for symptom in case.symptoms:
            yield f"      {symptom.part}: {symptom.words}"
    if len(cases) > _SHOWN:
        yield f"    and {len(cases) - _SHOWN} more"


def _captures(count: int) -> str:
    return f"{count} capture{'s' if count != 1 else ''}"
