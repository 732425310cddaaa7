"""A proposed layout for a person to judge: what is new in it, and pages before and after, each as its X-ray."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.healing.words import sureness
from archiver.reports.templating import template
from archiver.reports.xray import draw

if TYPE_CHECKING:
    from archiver.healing import Healing

_PAGES = 3
"""Pages of each layout that are drawn: an X-ray is some hundred kilobytes."""


def draw_healing(healing: Healing, patch: str | None) -> str:
    """One HTML file that loads nothing; the X-rays are frames in it. `patch` is None where none could be made."""
    layouts = [
        {
            "proposal": proposal,
            "pages": [
                {
                    "page": page,
                    "before": draw(page.case.sample.article, [page.case.sample.capture]),
                    "after": draw(page.after, [page.case.sample.capture]),
                }
                for page in sorted(proposal.pages, key=lambda page: not page.left)[:_PAGES]
            ],
        }
        for proposal in healing.proposals
    ]
    return template("healing.html.j2").render(healing=healing, layouts=layouts, patch=patch, sureness=sureness)
