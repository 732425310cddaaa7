from archiver.capture import Capture
from archiver.extraction import extract
from tests.extraction.pages import STORY, URL, by_kind, clip, html


def test_a_plain_story() -> None:
    article = clip(html())
    assert article.outcome == "saved"
    assert article.layout == "plain"
    assert article.title == "Pasar Apung Karang Dibuka Lagi"
    assert article.authors == ("Bayu Segara",)
    assert article.published == "2020-03-04T09:15:00+07:00"
    assert article.text == "\n\n".join(STORY)
    assert by_kind(article.rerouted) == {
        "byline": ["Bayu Segara, Jurnalis"],
        "date": ["Rabu, 4 Maret 2020 09:15 WIB"],
    }
    assert article.evidence["published"] == "css:.tanggal"


def test_the_same_capture_gives_the_same_article() -> None:
    assert clip(html()) == clip(html())


def test_dateline_and_sign_off_leave_the_running_text() -> None:
    article = clip(html(f"<p><b>KARANG</b> - {STORY[0]}</p><p>{STORY[1]}</p><p>(bsg)</p>"))
    assert article.dateline == "KARANG"
    assert article.text == "\n\n".join(STORY[:2])
    assert by_kind(article.removed)["editor_mark"] == ["(bsg)"]


def test_breaks_split_paragraphs_and_bold_lines_are_subheads() -> None:
    article = clip(html(f"<p>{STORY[0]}<br><br><strong>Empat puluh perahu</strong><br>{STORY[1]}</p>"))
    assert [block.kind for block in article.blocks] == ["paragraph", "heading", "paragraph"]


def test_lists_quotes_and_tables_keep_their_form() -> None:
    rows = "<table><tr><th>Barang</th><th>Harga</th></tr><tr><td>Sayur</td><td>5.000</td></tr></table>"
    article = clip(
        html(f"<p>{STORY[0]}</p><ul><li>sayur</li><li>ikan</li></ul><blockquote>{STORY[2]}</blockquote>{rows}")
    )
    kinds = {block.kind: block for block in article.blocks}
    assert kinds["list"].items == ("sayur", "ikan")
    assert kinds["quote"].text == STORY[2]
    assert kinds["table"].text == "Barang | Harga\nSayur | 5.000"


def test_related_items_in_the_body_go_and_are_kept_as_data() -> None:
    inline = '<p>Baca juga: <a href="/2020/03/01/dermaga-lama">Dermaga Lama Dibongkar</a></p>'
    listed = '<ul><li><a href="/2020/03/02/perahu-baru">Perahu Baru Datang</a></li></ul>'
    article = clip(html(f"<p>{STORY[0]}</p>{inline}<p>{STORY[1]}</p>{listed}<p>{STORY[2]}</p>"))
    assert article.text == "\n\n".join(STORY)
    links = {link.url: link.title for removal in article.removed for link in removal.links}
    assert links == {
        "https://berita.contoh.id/2020/03/01/dermaga-lama": "Dermaga Lama Dibongkar",
        "https://berita.contoh.id/2020/03/02/perahu-baru": "Perahu Baru Datang",
    }


def test_dropped_lists_keep_the_date_of_each_item() -> None:
    items = "".join(
        f'<div><a href="/2024/02/{day}/berita">Judul {day}</a><i>{day} Februari 2024</i></div>' for day in (12, 24)
    )
    article = clip(html(around=f'<div class="terkait">{items}</div>'))
    (removal,) = [item for item in article.removed if item.rule == ".terkait"]
    assert [(link.title, link.date) for link in removal.links] == [
        ("Judul 12", "12 Februari 2024"),
        ("Judul 24", "24 Februari 2024"),
    ]


def test_a_verb_that_looks_like_a_marker_survives() -> None:
    line = "Baca buku panduannya pelan-pelan sebelum naik perahu, pesan petugas itu kepada para pengunjung."
    assert line in clip(html(f"<p>{STORY[0]}</p><p>{line}</p><p>{STORY[1]}</p>")).text


def test_an_unknown_layout_goes_to_the_fallback_and_says_so() -> None:
    article = clip(html(), body=".tidak-ada")
    assert (article.method, article.layout) == ("fallback", None)
    assert article.text == "\n\n".join(STORY)


def test_nothing_that_holds_the_body_is_dropped() -> None:
    assert clip(html(), drop={"ad": (".artikel", "body")}).text == "\n\n".join(STORY)


def test_an_empty_page() -> None:
    article = extract(Capture(URL, b"  \n"), None)
    assert article.outcome == "empty"
    assert article.evidence["outcome"]


def test_a_tree_without_bottom() -> None:
    deep = "<div>" * 20_000 + "tenggelam" + "</div>" * 20_000
    article = clip(html(f"<p>{STORY[0]}</p>{deep}"))
    assert "tenggelam" in article.text


def test_hidden_text_is_no_text() -> None:
    article = clip(html(f"<p>{STORY[0]}</p><p hidden>rahasia</p><script>var a = 'skrip'</script>"))
    assert "rahasia" not in article.text
    assert "skrip" not in article.text
