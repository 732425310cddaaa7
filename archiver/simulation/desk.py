"""How a newsroom gives its stories to the world: addresses, printed dates, page furniture, and the dress of a redesign.

`sites/<outlet>/newsroom.toml` says it. `model` is the case whose page furniture (pictures, related stories, keys of
`page`) the stories are printed with. Addresses and values are format strings; `Desk.words` says what they may name.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from archiver.errors import NotFoundError
from archiver.simulation.pages import slug
from archiver.simulation.story import Case, Line, LineKind, Page, load_case, outlet_names

if TYPE_CHECKING:
    from datetime import datetime

    from archiver.simulation.newsroom import Story, Version

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()  # as they print it
)


class Index(Struct, frozen=True, forbid_unknown_fields=True):
    """How a listing prints its items. `endless` is the last page that differs: all behind it repeat it."""

    item: str
    list: str
    endless: int | None = None


class Desk(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `newsroom.toml` says.

    `twin` is a second address of the same page, `moved` one that redirects to it, `closed` one that robots.txt forbids
    (by `closed_path`). Where it `tracks`, some addresses in its sources carry a tracking parameter. `crawl_delay` is in
    seconds. `dress` are the pieces of markup that a redesign changes, `redress` those of the layout's selectors, each
    with what takes its place.
    """

    outlet: str
    model: str
    url: str
    closed: str
    closed_path: str
    printed_date: str
    rubrics: tuple[str, ...]
    first_id: int
    dress: tuple[tuple[str, str], ...]
    redress: tuple[tuple[str, str], ...]
    page: dict[str, str]
    tracks: bool = True
    twin: str | None = None
    moved: str | None = None
    crawl_delay: float | None = None
    extras: tuple[LineKind, ...] = ()
    listing: Index | None = None

    @property
    def case(self) -> Case:
        """The case whose page furniture the stories have."""
        return _model(self.outlet, self.model)

    def address(self, form: str, story: Story) -> str:
        """An address of a story, which stays what it is whatever happens to the headline."""
        return form.format_map(self.words(story, story.versions[0]))

    def words(self, story: Story, version: Version) -> dict[str, Any]:
        """What the format strings may name: date and time in the outlet's zone, the story's number, title, rubric."""
        rubric = self.rubrics[story.number % len(self.rubrics)]
        number = self.first_id + 7 * story.number
        clock, changed = _clock(story.published), version.moment
        return {
            **clock,
            "id": number,
            "hex": f"{number:06x}",
            "title": version.title,
            "slug": slug(version.title),
            "dots": ".".join(word.capitalize() for word in slug(version.title).split("-")),
            "rubric": rubric,
            "rubric_slug": slug(rubric),
            "reporter": story.reporter,
            "opening": version.paragraphs[0],
            "modified": changed.isoformat(),
            "modified_printed": self.printed_date.format_map(_clock(changed)),
        }

    def printed(self, story: Story) -> str:
        """The date as the outlet prints it."""
        return self.printed_date.format_map(_clock(story.published))

    def to_case(self, story: Story, version: Version, moment: datetime, aside: str) -> Case:
        """A version of a story as a case to render at `moment`; `aside` is the headline in the box within the text."""
        model = self.case
        words = self.words(story, version)
        values = {key: _value(form.format_map(words)) for key, form in self.page.items()}
        lines = [Line("paragraph", text) for text in version.paragraphs]
        lines[2:2] = [Line(kind, aside, href=f"{story.url}-{slug(aside)}") for kind in self.extras]
        return msgspec.structs.replace(
            model,
            name=story.id,
            as_of=moment.isoformat(),
            url=story.url,
            listed=story.url,
            title=version.title,
            lead="",
            published=story.published.isoformat(),
            printed_date=self.printed(story),
            authors=(story.reporter,),
            editors=(story.editor,),
            tags=story.topics,
            pages=(Page(tuple(lines)),),
            page={**model.page, **values},
            redirects=(),
            reading=msgspec.structs.replace(model.reading, modified=version.moment.isoformat()),
        )


@cache
def load_desk(outlet: str) -> Desk:
    """The desk of an outlet. Raises `NotFoundError` with the outlets there are."""
    if outlet not in outlet_names():
        raise NotFoundError(f"no simulated outlet {outlet!r}: there are {', '.join(outlet_names())}")
    source = files(__package__) / "sites" / outlet / "newsroom.toml"
    facts = msgspec.toml.decode(source.read_bytes(), type=dict[str, object])
    return msgspec.convert({"outlet": outlet, **facts}, Desk)


@cache
def _model(outlet: str, case: str) -> Case:
    return load_case(outlet, case)


def _clock(moment: datetime) -> dict[str, Any]:
    """A moment by the words of the format strings."""
    month = MONTHS[moment.month - 1]
    return {
        "weekday": DAYS[moment.weekday()],
        "day": moment.day,
        "dd": f"{moment:%d}",
        "month": month,
        "mon": month[:3],
        "mm": f"{moment:%m}",
        "yyyy": moment.year,
        "yy": f"{moment:%y}",
        "HH": f"{moment:%H}",
        "MM": f"{moment:%M}",
        "SS": f"{moment:%S}",
    }


def _value(text: str) -> str | int:
    """What a template gets: numbers as numbers, because some count on from them."""
    return int(text) if text.isdecimal() and not text.startswith("0") else text
