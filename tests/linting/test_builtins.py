"""The outlets of this repository: nothing is found in them but what stands for a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.fixtures.store import find_fixtures
from archiver.linting.accepted import FILE_NAME, read_accepted, sort
from archiver.linting.findings import find
from archiver.linting.pages import tried_pages
from archiver.outlet import Outlet
from archiver.outlets import load_outlets

FIXTURES = Path(__file__).parents[2] / "fixtures"
OUTLETS = load_outlets()


@pytest.mark.parametrize("outlet", list(OUTLETS), ids=lambda outlet: outlet.name)
def test_nothing_is_open_and_nothing_accepted_is_gone(outlet: Outlet) -> None:
    pages = list(tried_pages(outlet, find_fixtures(FIXTURES, [outlet.name])))
    result = sort(find(outlet, pages, OUTLETS), read_accepted(FIXTURES / outlet.name / FILE_NAME))
    assert (result.open, result.gone) == ((), ())
