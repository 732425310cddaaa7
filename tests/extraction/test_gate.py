import pytest

from tests.extraction.pages import STORY, clip, html

SHORT = "<p>Silakan kembali ke beranda.</p>"


@pytest.mark.parametrize(
    ("page", "outcome"),
    [
        (html(SHORT, title="404 Halaman tidak ditemukan"), "soft_404"),
        (html(SHORT, title="Just a moment..."), "challenge"),
        (html(SHORT, title="ERROR: The request could not be satisfied"), "challenge"),
        (
            html(
                SHORT,
                head='<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>',
            ),
            "paywall",
        ),
        (html(SHORT, around="<p>Berlangganan Tempo+ untuk membaca cerita lengkapnya</p>"), "paywall"),
        (
            html("<p>Situs slot gacor, slot online dan togel maxwin hari ini.</p>", title="Slot Gacor Maxwin"),
            "hijacked",
        ),
        (html("<script>isi()</script> "), "empty"),
        ("<html><body></body></html>", "empty"),
        ("<html><body><p>Selamat datang di tempat ini, tamu yang baik.</p></body></html>", "not_article"),
    ],
)
def test_pages_that_are_no_articles(page: str, outcome: str) -> None:
    article = clip(page)
    assert article.outcome == outcome
    assert article.evidence["outcome"]


@pytest.mark.parametrize(
    "wall",
    [
        "Kami dan 148 mitra kami menyimpan kuki di perangkat Anda untuk mengukur kunjungan.",
        "Anda dapat menerima semua kuki, menolak yang tidak perlu, atau mengatur pilihan satu per satu.",
        "Pilih: terima semua cookie, atau atur pilihan Anda satu per satu di halaman berikut ini.",
    ],
)
def test_a_consent_wall_is_known_by_its_words_where_no_layout_fits(wall: str) -> None:
    text = f"{wall} {'Pilihan dapat diubah kapan saja. ' * 4}"
    page = f"<html><body><div role='dialog'><h1>Satu langkah lagi</h1><p>{text}</p></div></body></html>"
    assert clip(page, layouts=False).outcome == "consent_wall"


@pytest.mark.parametrize(
    "body",
    [
        "".join(f"<p>{line}</p>" for line in STORY),
        f"<p>{STORY[0]}</p><p>Polisi menutup 404 situs judi online dan slot gacor pekan lalu.</p><p>{STORY[1]}</p>",
        f"<p>{STORY[0]}</p><p>“Halaman tidak ditemukan,” begitu tulisan di layar loket.</p><p>{STORY[2]}</p>",
    ],
)
def test_stories_pass_whatever_they_are_about(body: str) -> None:
    assert clip(html(body)).outcome == "saved"
