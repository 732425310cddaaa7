from __future__ import annotations

from pathlib import Path

from archiver.drift.baseline import Baseline
from archiver.drift.overview import Overview
from archiver.drift.report import Aside, Breach, DriftReport
from archiver.reports.drift import draw_drift

NORMAL = Baseline(
    runs=40,
    articles=1234,
    layouts={"utama": 0.98, "the fallback": 0.02},
    fields={"title": 1.0, "authors": 0.91},
    characters=2100,
    blocks=12,
    removed=0.2,
    turned_away=0.004,
    sources={"https://contoh.test/sitemap.xml": 90},
)


def overview(*captures: Aside, **changes: object) -> Overview:
    breach = Breach(
        "drop:utama:.x > y",
        "at most 1 of 3",
        "3 of 3 articles",
        "4 standard deviations",
        "3 of 3 articles have nothing",
    )
    alarm = DriftReport(
        outlet="contoh",
        run="20260302T010000Z-contoh-0000",
        time="2026-03-02T01:00:00+00:00",
        state="quarantined",
        breaches=(breach,),
        captures=captures,
    )
    values: dict[str, object] = {
        "outlet": "contoh",
        "condition": "quarantined",
        "since": alarm.run,
        "alarms": 3,
        "waiting": 9,
        "alarm": alarm,
        "reports": (alarm,),
        "baseline": NORMAL,
    }
    return Overview(**(values | changes))  # type: ignore[arg-type]


def capture(url: str) -> Aside:
    return Aside(url, "<urn:uuid:1>", "contoh.warc.gz", 1200, "2026-03-02T00:59:00Z", ("fallback",))


def test_outlets_with_an_alarm_come_first() -> None:
    page = draw_drift(
        Path("arsip"), [overview(outlet="baik", condition="normal", alarm=None), overview(outlet="buruk")]
    )
    assert page.index('id="buruk"') < page.index('id="baik"')
    assert "buruk: not as it was" in page
    assert "1 open alarm" in page
    assert "3 of 3 articles have nothing" in page


def test_all_is_well() -> None:
    page = draw_drift(Path("arsip"), [overview(condition="normal", alarm=None, waiting=0)])
    assert "All outlets are as they were" in page
    assert "1,234" in page


def test_nothing_of_a_page_is_markup_and_no_address_a_script() -> None:
    page = draw_drift(Path("arsip"), [overview(capture("javascript:alert(1)"), capture("https://contoh.test/<b>"))])
    assert "drop:utama:.x &gt; y" in page
    assert 'href="javascript' not in page
    assert "<b>&lt;" not in page
    assert "https://contoh.test/&lt;b&gt;" in page


def test_many_captures_are_counted_and_some_shown() -> None:
    page = draw_drift(Path("arsip"), [overview(*(capture(f"https://contoh.test/{number}") for number in range(50)))])
    assert page.count("contoh.warc.gz") == 30
    assert "and 20 more" in page


def test_an_outlet_of_which_nothing_is_normal_yet() -> None:
    page = draw_drift(Path("arsip"), [overview(condition="unknown", alarm=None, baseline=None, reports=())])
    assert "What is normal is not known" in page
