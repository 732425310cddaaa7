"""A made-up site as drafting meets one: an index, stories of one template, a feed, robots.txt."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from archiver.capture import Capture
from archiver.drafting.document import Document, read_document

SITE = "https://www.muara.example"
MOMENT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)

SUBJECTS = ("dermaga", "garam", "angklung", "mercusuar", "kepiting")
NAMES = ("Ratna Kusumadewi", "Bagas Prakoso")


def address(number: int) -> str:
    """Of a story, from 0."""
    return f"{SITE}/berita/2026/11/{10 + number}/{SUBJECTS[number]}-muara-ramai-lagi-{4100 + number}.html"


def title(number: int) -> str:
    """Of a story."""
    return f"{SUBJECTS[number].title()} Muara Sepi Ramai Lagi Sejak Pekan Lalu"


def lead(number: int) -> str:
    """Of a story."""
    return f"Sejak pekan lalu {SUBJECTS[number]} di kampung pesisir itu dikunjungi orang dari sebelas desa."


def lines(number: int) -> list[str]:
    """The story's own lines."""
    word = SUBJECTS[number]
    return [
        f"Warga {word} bekerja bersama sejak musim hujan lalu. Mereka membagi tugas menurut hari pasar di kampung itu.",
        f'"Kami mulai dari yang kecil," kata ketua kelompok {word}, Sumiati, kepada wartawan di balai desa.',
        f"Menunggu Musim {word.title()}",
        f"Biaya {word} ditanggung iuran dan sumbangan perantau. Catatan keuangannya ditempel di papan pengumuman.",
    ]


def story(number: int, *, body: str = "isi-berita", judul: str = "judul-berita") -> str:
    """The page of a story; the classes of its body and of its title can be others."""
    first, second, heading, last = lines(number)
    other = (number + 1) % len(SUBJECTS)
    data = {
        "@type": "NewsArticle",
        "headline": title(number),
        "datePublished": f"2026-11-{10 + number}T08:30:00+07:00",
        "author": {"name": NAMES[number % 2]},
    }
    return (
        f'<!doctype html><html lang="id"><head><meta charset="utf-8"><title>{title(number)} | Kabar Muara</title>'
        f'<meta property="og:site_name" content="Kabar Muara"><meta property="og:title" content="{title(number)}">'
        f'<meta property="og:description" content="{lead(number)}">'
        f'<meta property="og:image" content="/gambar/{SUBJECTS[number]}.jpg">'
        f'<link rel="alternate" type="application/rss+xml" href="/rss.xml">'
        f'<script type="application/ld+json">{json.dumps(data)}</script></head><body>'
        f'<nav class="menu-utama"><a href="/indeks">Indeks</a> <a href="/tentang-kami">Tentang</a></nav>'
        f'<main><h1 class="{judul}">{title(number)}</h1><p class="ringkasan">{lead(number)}</p>'
        f'<p class="keterangan"><span class="nama-penulis">Penulis: {NAMES[number % 2]}</span>'
        f' <span class="waktu-terbit">{10 + number} November 2026 08:30 WIB</span></p>'
        f'<figure class="foto-utama"><img src="/gambar/{SUBJECTS[number]}.jpg">'
        f"<figcaption>Pagi di {SUBJECTS[number]}. (Foto: Kabar Muara/{NAMES[1]})</figcaption></figure>"
        f'<div class="{body} css-1x9y2z"><p>{first}</p><p>{second}</p>'
        f'<div class="sisipan-terkait">Baca juga: <a href="{address(other)}">{title(other)}</a></div>'
        f"<h3>{heading}</h3><p>{last}</p>"
        f'<p class="ajakan">Dapatkan kabar pesisir setiap pagi di surel Anda, daftar gratis di sini sekarang.</p></div>'
        f'<div class="daftar-topik"><a href="/topik/pesisir">pesisir</a> '
        f'<a href="/topik/{SUBJECTS[number]}">{SUBJECTS[number]}</a></div>'
        f"</main><footer>Kabar Muara, Jalan Dermaga 3</footer></body></html>"
    )


def index() -> str:
    """The page that lists all stories."""
    items = "".join(
        f'<li class="butir"><a class="tautan-judul" href="{address(number)}">{title(number)}</a>'
        f' <time datetime="2026-11-{10 + number}">{10 + number} November 2026</time></li>'
        for number in range(len(SUBJECTS))
    )
    return (
        f"<!doctype html><html><head><title>Indeks</title></head><body><nav><a href='/daerah'>Daerah</a></nav>"
        f"<h1>Indeks Berita</h1><ul>{items}</ul></body></html>"
    )


def feed() -> str:
    """The same as RSS."""
    items = "".join(
        f"<item><title>{title(number)}</title><link>{address(number)}</link></item>" for number in range(len(SUBJECTS))
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Kabar Muara</title>{items}</channel></rss>'


def robots() -> str:
    """It names a sitemap that nobody has captured."""
    return f"User-agent: *\nDisallow: /topik/\nSitemap: {SITE}/sitemap.xml\n"


def capture(path: str, text: str, kind: str = "text/html; charset=utf-8") -> Capture:
    """A capture of one address, a path of the site or a whole one."""
    url = path if "://" in path else SITE + path
    return Capture(url, text.encode(), (("Content-Type", kind),), MOMENT)


def captures(count: int = len(SUBJECTS)) -> list[Capture]:
    """The site as it was captured."""
    return [
        *(capture(address(number), story(number)) for number in range(count)),
        capture("/indeks", index()),
        capture("/rss.xml", feed(), "application/rss+xml"),
        capture("/robots.txt", robots(), "text/plain"),
    ]


def documents(count: int = len(SUBJECTS)) -> list[Document]:
    """Its HTML pages, stories first."""
    return [read_document(each) for each in captures(count) if "html" in (each.header("content-type") or "")]
