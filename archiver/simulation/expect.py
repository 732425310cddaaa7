"""What a careful reader takes from a case: the expectation beside its fixture, as JSON.

It is made from the story and from the reading noted in the case, never from what the extractor gave. `attested_by`
is null until a person has compared it with the page; that mark is kept when the file is written anew, as long as
nothing else in it has changed.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from pathlib import Path
from typing import Any

from archiver.simulation.pages import page_url
from archiver.simulation.story import Case

TOLD = frozenset({"saved", "paywall"})
"""Outcomes of pages that tell a story, or the beginning of one; of the others nothing but the outcome is expected."""


def expectation(case: Case) -> dict[str, Any]:
    """The expected article of a case, in the order in which a reader checks it."""
    reading = case.reading
    page = {"url": case.url, "outlet": case.outlet, "captured": case.as_of, "outcome": reading.outcome}
    if reading.outcome not in TOLD:
        return {**page, "must_not": list(reading.must_not), "attested_by": None}
    return {
        **page,
        "layout": reading.layout,
        "title": case.title,
        "lead": reading.lead,
        "authors": list(case.authors),
        "editors": list(case.editors),
        "published": case.published,
        "modified": reading.modified,
        "dateline": case.dateline,
        "section": reading.section,
        "tags": list(case.tags),
        "source": reading.source,
        "images": [
            {"url": picture.url, "caption": picture.caption, "credit": picture.credit} for picture in case.pictures
        ],
        "pages": [page_url(case, page) for page in case.pages if page.status == HTTPStatus.OK],
        "complete": all(page.status == HTTPStatus.OK for page in case.pages),
        "body": list(case.kept()),
        **({"entries": entries} if (entries := [*map(list, case.entries())]) else {}),
        "rerouted": list(reading.rerouted),
        "removed": [{"kind": removal.kind, "contains": removal.contains} for removal in reading.removed],
        "must_not": list(reading.must_not),
        "attested_by": None,
    }


def write_expectation(case: Case, target: Path) -> None:
    """Write the expectation of a case; an attestation that still holds stays."""
    values = expectation(case)
    if target.exists():
        before = json.loads(target.read_text(encoding="utf-8"))
        if before | {"attested_by": None} == values:
            values["attested_by"] = before["attested_by"]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(values, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
