"""From a range of days to sources."""

from __future__ import annotations

from datetime import date

import pytest

from archiver.discovery.back_catalogue import covers, sources_between
from archiver.outlet import ByDate, Listing, NewsSitemap

DAILY = ByDate(
    source=Listing("https://contoh.test/{day:%Y/%m/%d}", "a", pages="https://contoh.test/{day:%Y/%m/%d}/{n}"),
    since=date(2017, 1, 1),
    until=date(2021, 1, 3),
)
MONTHLY = ByDate(source=NewsSitemap("https://contoh.test/{day.year}-{day.month}.xml"), every="month")


def urls(*catalogue: ByDate, since: date, until: date) -> list[str]:
    return [dated.source.url.removeprefix("https://contoh.test/") for dated in sources_between(catalogue, since, until)]


def test_days_come_the_newest_first_and_only_where_there_is_something() -> None:
    assert urls(DAILY, since=date(2020, 12, 31), until=date(2021, 1, 9)) == ["2021/01/02", "2021/01/01", "2020/12/31"]
    assert urls(DAILY, since=date(2021, 2, 1), until=date(2021, 2, 3)) == []
    (dated,) = sources_between((DAILY,), date(2020, 1, 5), date(2020, 1, 5))
    assert isinstance(dated.source, Listing)
    assert dated.source.pages == "https://contoh.test/2020/01/05/{n}"


def test_several_are_read_side_by_side() -> None:
    both = urls(MONTHLY, DAILY, since=date(2020, 12, 30), until=date(2021, 1, 2))
    assert both == ["2021-1.xml", "2021/01/02", "2021/01/01", "2020-12.xml", "2020/12/31", "2020/12/30"]


def test_a_month_knows_which_of_its_days_were_asked_for() -> None:
    first, last = sources_between((MONTHLY,), date(2020, 12, 30), date(2021, 1, 2))
    assert (first.first, first.last) == (date(2021, 1, 1), date(2021, 1, 2))
    assert (last.first, last.last) == (date(2020, 12, 1), date(2020, 12, 31))


def test_years_back_to_the_first_day_there_is() -> None:
    yearly = ByDate(source=NewsSitemap("https://contoh.test/{day:%Y}.xml"), every="year")
    assert len(list(sources_between((yearly,), date.min, date(3, 5, 5)))) == 3
    assert next(sources_between((DAILY,), date(2017, 1, 1), date.max)).last == date(2021, 1, 2)


@pytest.mark.parametrize(
    ("since", "until", "whole"),
    [
        (date(2017, 1, 1), date(2021, 1, 2), True),
        (date(2016, 12, 31), date(2017, 1, 2), False),
        (date(2021, 1, 1), date(2021, 1, 3), False),
    ],
)
def test_whether_there_is_something_for_every_day(since: date, until: date, *, whole: bool) -> None:
    assert covers((DAILY,), since, until) is whole
    assert covers((DAILY, MONTHLY), since, until)
