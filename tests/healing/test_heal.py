"""Small rebuilt pages: what is noticed, what is proposed, and what is left alone."""

from __future__ import annotations

from archiver.extraction import extract
from archiver.healing import Healing, Sample, heal
from archiver.healing.draft import with_layout
from tests.extraction.pages import STORY, html
from tests.healing.small import AFTER, BEFORE, LINES, OUTLET, seen

OLD = seen(html(), BEFORE)


def proposed(*samples: Sample, good: tuple[Sample, ...] = (OLD,)) -> Healing:
    return heal(OUTLET, samples, good)


def parts(healing: Healing) -> list[str]:
    return [symptom.part for case in healing.broken for symptom in case.symptoms]


def test_a_page_that_fits_is_left_alone() -> None:
    healing = proposed(seen(html()))
    assert (healing.broken, healing.proposals) == ((), ())
    assert len(healing.fitting) == 1


def test_a_story_that_was_edited_is_not_broken() -> None:
    edited = LINES.replace("tiga tahun", "dua tahun") + "<p>Pembukaan berikutnya dijadwalkan pekan depan.</p>"
    assert proposed(seen(html(edited))).broken == ()


def test_a_container_under_another_name() -> None:
    page = seen(html().replace('class="isi"', 'class="naskah"'))
    healing = proposed(page)
    assert parts(healing) == ["body"]
    (proposal,) = healing.proposals
    assert (proposal.draft.layout.body, proposal.draft.layout.since) == (".naskah", AFTER.date())
    assert [healed.left for healed in proposal.pages] == [()]
    after = extract(page.capture, with_layout(OUTLET, proposal.draft.layout))
    assert (after.text, after.layout) == ("\n\n".join(STORY), "plain-2021")
    assert proposal.changed == ()


def test_without_an_earlier_capture_the_page_speaks_for_itself() -> None:
    pages = [
        seen(
            html(
                "".join(f"<p>{line} {number}</p>" for line in STORY),
                title=f"Pasar Apung Karang Dibuka Lagi {number}",
                head=f'<meta property="og:title" content="Pasar Apung Karang Dibuka Lagi {number}">',
            ).replace('class="isi"', 'class="naskah"'),
            url=f"https://berita.contoh.id/2021/07/01/{number}",
        )
        for number in range(3)
    ]
    (proposal,) = proposed(*pages, good=()).proposals
    assert proposal.draft.layout.body == ".naskah"
    assert not any(healed.case.earlier for healed in proposal.pages)
    assert [healed.after.method for healed in proposal.pages] == ["layout"] * 3


def test_lines_that_stand_there_twice() -> None:
    healing = proposed(seen(html(around=f"<div class='isi'>{LINES}</div>")))
    assert parts(healing) == ["body"]
    assert [healed.after.text for healed in healing.proposals[0].pages] == [OLD.article.text]


def test_pages_without_a_story_are_set_aside() -> None:
    wall = seen(
        "<html><title>Just a moment...</title><body><div id='challenge-form'>Checking your browser</div></body>"
    )
    healing = proposed(wall)
    assert wall.article.outcome == "challenge"
    assert (healing.skipped, healing.broken, healing.fitting) == ((wall,), (), ())


def test_a_page_that_was_withdrawn_is_set_aside() -> None:
    gone = seen("<html><title>404 - Halaman tidak ditemukan</title><h1>Halaman tidak ditemukan</h1></html>")
    assert gone.article.outcome == "soft_404"
    assert proposed(gone).skipped == (gone,)


def test_a_capture_that_fits_becomes_the_measure_of_the_next() -> None:
    first, second = seen(html(), BEFORE), seen(html().replace('class="isi"', 'class="naskah"'))
    healing = proposed(second, first, good=())
    assert healing.fitting == (first,)
    assert [case.earlier for case in healing.broken] == [True]


def test_nobody_is_asked_to_read_a_page_by_its_place_alone() -> None:
    """A single page of nameless elements proves nothing for the next one."""
    bare = "".join(f"<div>{line}</div>" for line in ("Beranda", *STORY))
    healing = proposed(seen(f"<html><body>{bare}</body></html>"))
    assert healing.proposals == ()
    assert list(healing.refused) == ["plain"]
