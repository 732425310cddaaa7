"""Nothing is dropped in silence: every visible word of the area is kept, re-routed or removed, exactly once."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.extraction.pages import STORY, clip, html
from tests.extraction.walker import accounted, by_path, soup_of, visible, words

TAGS = (
    "p div span b a ul li h2 h3 blockquote table tr td figure figcaption section aside nav button form pre i em center "
    "article dl dd font"
).split()
EXTRAS = (
    "",
    ' class="terkait"',
    ' class="bagikan"',
    ' class="penulis"',
    ' class="tanggal"',
    ' href="/2020/01/02/lain"',
    ' style="display:none"',
    " hidden",
    ' id="komentar"',
)
LINES = (
    *STORY,
    "Baca juga: Perahu Baru Datang di Dermaga",
    "KARANG - Hujan turun sejak pagi.",
    "(bsg)",
    "Penulis: Bayu Segara | Editor: Ani Wulan",
    "3 hari lalu",
    "Berita Terkait",
    "|",
    "<br><br>",
    "Rp 5.000 & ikan",
)

elements = st.recursive(
    st.sampled_from(LINES),
    lambda inner: st.builds(
        lambda tag, extra, children: f"<{tag}{extra}>{' · '.join(children)}</{tag}>",
        st.sampled_from(TAGS),
        st.sampled_from(EXTRAS),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(body=elements, around=elements)
def test_every_word_of_the_area_is_accounted_for(body: str, around: str) -> None:
    page = html(body, around=around)
    article = clip(page)
    area = by_path(soup_of(page), article.areas[0])
    assert area.name != "body" or article.method == "fallback"
    assert accounted(article) == words(visible(area))


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("<>/=\"' abpdivul&;!-[]\n"), max_size=400))
def test_no_page_raises(markup: str) -> None:
    clip(html(markup), layouts=False)
    clip(markup)
