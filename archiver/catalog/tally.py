"""How much the catalog has of each outlet, and how much of it is new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archiver.catalog.connection import connect_to_read, plain_errors

if TYPE_CHECKING:
    from pathlib import Path

_QUERY = """
    WITH spans AS (SELECT url, min(captured) AS first, max(captured) AS last FROM readings GROUP BY url)
    SELECT coalesce(outlet, ''), count(*), min(first), max(last), sum(first >= ?), sum(first >= ?)
    FROM articles JOIN spans USING (url) GROUP BY outlet ORDER BY outlet
"""


class Tally(Struct, frozen=True, kw_only=True):
    """The articles of an outlet. `oldest` and `newest` are the dates of captures, ISO 8601 in UTC."""

    articles: int
    oldest: str
    newest: str
    new_day: int
    new_week: int


def tally(catalog: Path, *, day: str, week: str) -> dict[str, Tally]:
    """By outlet; articles of no outlet are under "". What was captured first at `day` or later counts as `new_day`.

    Raises `NotFoundError` where there is no catalog, `BadDataError`, `LockedError`.
    """
    connection = connect_to_read(catalog)
    try:
        with plain_errors(catalog):
            rows = connection.execute(_QUERY, (day, week)).fetchall()
    finally:
        connection.close()
    return {
        outlet: Tally(articles=articles, oldest=oldest, newest=newest, new_day=new_day, new_week=new_week)
        for outlet, articles, oldest, newest, new_day, new_week in rows
    }
