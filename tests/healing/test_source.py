"""The new layout, written into the outlet's file."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from archiver.errors import BadDataError, NotFoundError
from archiver.healing.draft import Draft
from archiver.healing.intruders import Intruder
from archiver.healing.source import edit
from archiver.outlet import Css, Layout, Outlet
from archiver.outlets import load_outlets
from tests.healing.support import check_format

FILE = '''"""Contoh: https://contoh.id"""

import re

from archiver.outlet import Layout, Outlet

_ADS = (".iklan", ".banner")
_DROP = {"share": (".bagikan",), "ad": _ADS}

CONTOH = Outlet(
    name="contoh",
    title="Contoh",
    domains=("contoh.id",),
    article_url=re.compile(r"/read/"),
    layouts=(
        # What is known of the old site.
        Layout(
            name="artikel-2015",
            when=".isi",
            body=".isi",
            authors=(".penulis",),
            drop={"ad": _ADS, "related_list": (".terkait",)},
        ),
        Layout(name="foto", body=".foto", drop=_DROP),
    ),
)
'''


def loaded(folder: Path, text: str = FILE) -> tuple[Path, Outlet]:
    path = folder / "contoh.py"
    path.write_text(text, encoding="utf-8")
    return path, load_outlets((), [folder]).get("contoh")


def drafted(base: Layout, intruders: tuple[Intruder, ...] = (), **changed: object) -> Draft:
    values = {"name": "artikel-2021", "since": date(2021, 7, 1), "body": ".cerita", "when": ".cerita", **changed}
    return Draft(base, base, values, intruders, (), ())


def test_only_what_is_new_is_written_over(tmp_path: Path) -> None:
    path, outlet = loaded(tmp_path)
    junk = (
        Intruder(".pilihan", "related_list", 2, 2, ""),
        Intruder(".lain", "ad", 2, 2, ""),
        Intruder("#ajak", "promo", 1, 2, ""),
    )
    change = edit(path, outlet, [drafted(outlet.layouts[0], junk, published=(Css("time", attr="datetime"), ".jam"))])
    path.write_text(change.after, encoding="utf-8")
    check_format(path)
    fresh, *others = load_outlets((), [tmp_path]).get("contoh").layouts
    assert others == list(outlet.layouts)
    assert fresh == Layout(
        name="artikel-2021",
        since=date(2021, 7, 1),
        when=".cerita",
        body=".cerita",
        authors=(".penulis",),
        published=(Css("time", attr="datetime"), ".jam"),
        drop={"ad": (".iklan", ".banner", ".lain"), "related_list": (".terkait", ".pilihan"), "promo": ("#ajak",)},
    )
    assert '"ad": (*_ADS, ".lain"),' in change.after
    assert '        # What is known of the old site.\n        Layout(\n            name="artikel-2015"' in change.after


def test_drop_rules_under_a_name(tmp_path: Path) -> None:
    path, outlet = loaded(tmp_path)
    junk = (Intruder(".lain", "ad", 2, 2, ""), Intruder(".ajak", "promo", 1, 2, ""))
    change = edit(path, outlet, [drafted(outlet.layouts[1], junk, body='[data-isi="a"]')])
    path.write_text(change.after, encoding="utf-8")
    check_format(path)
    fresh = load_outlets((), [tmp_path]).get("contoh").layouts[0]
    assert fresh.body == '[data-isi="a"]'
    assert fresh.drop == {"share": (".bagikan",), "ad": (".iklan", ".banner", ".lain"), "promo": (".ajak",)}


def test_two_layouts_in_one_patch(tmp_path: Path) -> None:
    path, outlet = loaded(tmp_path)
    first, second = outlet.layouts
    change = edit(path, outlet, [drafted(first), drafted(second, name="foto-2021")])
    path.write_text(change.after, encoding="utf-8")
    check_format(path)
    names = [layout.name for layout in load_outlets((), [tmp_path]).get("contoh").layouts]
    assert names == ["foto-2021", "artikel-2021", "artikel-2015", "foto"]


def test_the_patch_applies(tmp_path: Path) -> None:
    path, outlet = loaded(tmp_path)
    change = edit(path, outlet, [drafted(outlet.layouts[0])])
    (tmp_path / "x.patch").write_text(change.patch(tmp_path), encoding="utf-8")
    subprocess.run(["git", "apply", "x.patch"], cwd=tmp_path, check=True)  # noqa: S607 - as a user's shell finds it
    assert path.read_text(encoding="utf-8") == change.after


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("layouts=(\n        # What is known of the old site.\n", "layouts=(\n        *(),\n", None),
        ('name="artikel-2015"', 'name="artikel" + "-2015"', "is not written as Layout(...) in it"),
        ("layouts=(\n", "layouts=(() or (\n", "its layouts are not written as"),
    ],
)
def test_what_cannot_be_written(tmp_path: Path, old: str, new: str, why: str | None) -> None:
    text = FILE.replace(old, new)
    path, outlet = loaded(tmp_path, text.replace("    ),\n)\n", "    )),\n)\n") if "(() or" in new else text)
    draft = drafted(outlet.layouts[0])
    if why is None:
        assert 'name="artikel-2021"' in edit(path, outlet, [draft]).after
        return
    with pytest.raises(BadDataError, match="cannot write a layout into") as caught:
        edit(path, outlet, [draft])
    assert why in str(caught.value)


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    path, outlet = loaded(tmp_path)
    path.unlink()
    with pytest.raises(NotFoundError, match="cannot read"):
        edit(path, outlet, [drafted(outlet.layouts[0])])
