"""Who wrote a story and who edited it."""

from __future__ import annotations

from archiver.drafting.choose import cover
from archiver.drafting.people import authors, declared_authors, editors
from tests.drafting.pages import meta, page


def test_the_element_with_the_declared_name() -> None:
    body = (
        '<p class="baris">Oleh <a class="nama" href="/penulis/siti">Siti Aminah</a></p><p class="lain">Budi Raharjo</p>'
    )
    document = page(body, head=meta("author", "Siti Aminah"))
    assert [choice.selector for choice in cover(authors([document]))] == [".nama"]


def test_without_a_declared_name_what_is_called_a_byline() -> None:
    body = '<p class="author">Siti Aminah</p><p class="lain">Budi Raharjo</p>'
    assert [choice.selector for choice in cover(authors([page(body)]))] == [".author"]
    labelled = '<p class="baris">Penulis: Siti Aminah</p><p class="lain">Budi Raharjo</p>'
    assert [choice.selector for choice in cover(authors([page(labelled)]))] == [".baris"]


def test_the_sites_own_name_is_no_author() -> None:
    head = meta("author", "Kabar Muara") + meta("og:site_name", "Kabar Muara")
    assert declared_authors(page("", head=head)) == ()


def test_an_editor_is_labelled_so() -> None:
    body = '<p class="penyunting">Editor: Budi Raharjo</p><p class="lain">Siti Aminah</p>'
    assert [choice.selector for choice in cover(editors([page(body)]))] == [".penyunting"]


def test_bylines_of_other_stories_are_none() -> None:
    assert list(authors([page('<div class="related"><p class="author">Siti Aminah</p></div>')])) == []
