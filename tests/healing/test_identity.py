"""What a drafted layout is called, and what its pages are known by."""

from __future__ import annotations

import re
from datetime import date

from archiver.extraction.dom import Page
from archiver.healing.identity import known_by, new_name, queries
from archiver.outlet import Css, Layout, Meta, Outlet

OLD = Page("<h1>Judul</h1><p class='isi'>x</p>")
NEW = Page("<h1 class='kepala'>Judul</h1><i class='oleh'>Nama</i><p class='isi cerita'>x</p>")
LAYOUT = Layout(name="a", when=".lama", body=".isi", title=(".kepala", "h1"), authors=(".oleh",))


def test_by_what_the_old_pages_lack() -> None:
    assert known_by(LAYOUT, ("title", "authors"), [NEW], [[OLD]]) == ".kepala"


def test_by_the_body_where_no_old_page_is_at_hand() -> None:
    assert known_by(LAYOUT, (), [NEW], [[]]) == ".isi"


def test_the_old_mark_is_kept_as_long_as_it_holds() -> None:
    marked = Layout(name="a", when=".cerita", body=".isi")
    assert known_by(marked, (), [NEW], [[OLD]]) == ".cerita"


def test_where_nothing_tells_them_apart_the_first_that_holds() -> None:
    plain = Layout(name="a", when="p", body=".isi")
    assert known_by(plain, (), [NEW], [[OLD]]) == "p"
    assert known_by(plain, (), [Page("<div>x</div>")], [[OLD]]) == "p"


def test_a_name_that_is_free() -> None:
    def called(name: str, since: date) -> str:
        layouts = (Layout(name="artikel-2015", body="p"), Layout(name="foto", body="p"))
        outlet = Outlet(name="a", title="A", domains=("a.id",), article_url=re.compile("."), layouts=layouts)
        return new_name(outlet, next(layout for layout in layouts if layout.name == name), since)

    assert called("artikel-2015", date(2021, 7, 1)) == "artikel-2021"
    assert called("artikel-2015", date(2015, 7, 1)) == "artikel-2015-07"
    assert called("foto", date(2021, 7, 1)) == "foto-2021"


def test_all_css_of_a_layout() -> None:
    layout = Layout(
        name="a",
        body=".isi",
        published=(Css("time", attr="datetime"), Meta("date")),
        tags=".topik a",
        drop={"ad": (".x",)},
    )
    assert queries(layout) == [".isi", "time", ".topik a", ".x"]
