from __future__ import annotations

from pathlib import Path

import pytest

from archiver.capture import Capture
from archiver.extraction import extract
from archiver.outlet import Outlet
from archiver.outlets import load_outlets
from archiver.simulation.operator import write_mended
from archiver.simulation.pages import Answer
from archiver.simulation.story import outlet_names
from tests.simulation.newsrooms import NOON, edition, one_story

ALL = tuple(outlet_names())


@pytest.mark.parametrize("outlet", ALL)
def test_the_new_layout_reads_the_new_pages(outlet: str, tmp_path: Path) -> None:
    declared = load_outlets().get(outlet)
    story = one_story(outlet)
    paper = edition(outlet, redesigned=NOON, changed=(story,))
    write_mended(tmp_path / "outlets", paper.desk, declared, f"spiders.{outlet}", _name_of(outlet))
    mended = load_outlets((), (tmp_path / "outlets",)).get(outlet)
    view = paper.look(story.url, NOON)
    assert isinstance(view.answer, Answer)
    article = extract(Capture(story.url, view.answer.body, view.answer.headers, NOON), mended)
    assert article.method == "layout"
    assert (article.layout or "").endswith("-redesigned")
    assert article.text == "\n\n".join(story.versions[1].paragraphs)


def _name_of(outlet: str) -> str:
    module = __import__(f"spiders.{outlet}", fromlist=[outlet])
    return next(name for name, value in vars(module).items() if isinstance(value, Outlet))
