"""What the fixtures must hold: junk that is to be taken out, and text that only looks like it."""

_BOX = (
    r"(?s)(?:<table[^>]*>\s*<tbody>\s*<tr><td><a[^>]*>[^<]+</a></td></tr>\s*"
    r'<tr><td><a[^>]*><img src="" alt="" data-src="[^"]+"[^>]*></a></td></tr>\s*</tbody>\s*</table>\s*)'
)
_TEASER = (
    r'(?s)<h1 class="title"><a[^>]*>([^<]+)</a></h1>\s*<h4 class="date">{date}</h4>.{{0,1500}}?'
    r"<figcaption>\1</figcaption>.{{0,400}}?Baca Selengkapnya"
)

JUNK = {
    "inline, small": ("okezone", r">Baca juga: <a"),
    "inline, capital": ("winpoin", r">Baca Juga: <a"),
    "inline, in bold": ("okezone", r"<strong>Baca Juga: <a"),
    "inline, short": ("tempo", r">Baca: <a"),
    "inline, in a span": ("tribunnews", r'class="more">Baca juga:</span>'),
    "inline, bullet": ("tribunnews", r"<p>• <a"),
    "inline, box": ("tempo", r'class="baca-juga">\s*<h4[^>]*>Baca Juga</h4>'),
    "poll": ("winpoin", r">Ikuti Polling: <a"),
    "five one-column tables with an empty lazy picture": (
        "tribunnews",
        _BOX + "{5}",
    ),
    "related heading": ("tempo", r"<h2[^>]*>Berita terkait</h2>"),
    "doubled title, relative date, more": (
        "tempo",
        _TEASER.format(date=r"\d+ hari lalu"),
    ),
    "doubled title, absolute later date, more": (
        "tempo",
        _TEASER.format(date=r"\d+ \w+ 2024"),
    ),
    "share heading": ("okezone", r">Bagikan Artikel Ini<"),
    "search link": ("okezone", r">Cari Berita Lain Di Sini<"),
    "caption that repeats the title": ("kanal247", r"(?s)<h1>([^<]+)</h1>.*>Foto: \1<"),
    "comments heading": ("kanal247", r">Komentar Anda<"),
    "recommendations heading": ("kanal247", r">Rekomendasi Artikel<"),
    "address with blanks as alt": ("okezone", r'alt="https: img\.okeinfo\.net content 2017 [^"/]+\.jpg"'),
    "initials": ("okezone", r"<strong>\([a-z]{3}\)</strong>"),
    "star": ("tribunnews", r"<p>\(\*\)</p>"),
    "names and initials": ("tempo", r"<p>[A-Z]{3,} [A-Z]{3,} \| [A-Z]{2,4}</p>"),
    "closing promotion": ("tempo", r">Simak berita menarik lainnya tentang [^<]+ hanya di kanal \w+ Tempo\.co\.<"),
    "reporter label without a name": ("tempo", r'>Reporter</h4>\s*<h4[^>]*><a href="[^"]*"></a></h4>'),
    "first published notice": ("tribunnews", r">Artikel ini telah tayang di <a"),
    "via line": ("winpoin", r"<p>via <a[^>]*>[^<]+</a>, [^<]+</p>"),
    "pager": ("tribunnews", r'<a [^>]*href="[^"]+\?page=2">Halaman selanjutnya</a>'),
    "title suffix": ("tribunnews", r"<title>[^<]+ - Halaman 2 - "),
    "dateline, Tempo": ("tempo", r"<p><strong>TEMPO\.CO</strong>, <strong>Jakarta</strong> - "),
    "dateline, Okezone": ("okezone", r"<p><strong>JAKARTA</strong> - "),
    "dateline, Kanal247": ("kanal247", r"<p>Kanal247\.com - "),
    "dateline, Tribun": ("tribunnews", r"<p>POSBELITUNG\.CO, BELITUNG - "),
    "constant date": ("okezone", r'itemprop="datePublished" content="2014-07-13T20:07:27'),
    "date without a zone in JSON-LD": ("okezone", r'"datePublished": "2017-09-12 15:42:18"'),
    "site as author": ("okezone", r'<meta name="author" content="Okezone">'),
    "summary box": (
        "tribunnews",
        r'class="summary-article"><strong class="summary-head">Ringkasan Berita:</strong>',
    ),
    "time of publication, Tribun": ("tribunnews", r"<time><strong>Tayang:</strong> <span>"),
    "pager with its count": ("tribunnews", r'class="total-page">Halaman 1/2<'),
    "logos as first headings": ("okezone", r"(?s)<h1>.*<h1>.*<h1>"),
    "initials behind the container": ("okezone", r"</div>\s*<strong>\([a-z]{3}\)</strong>"),
    "day with an apostrophe": ("okezone", r"<b>[^<]+</b> \| Jum(?:'|&#39;)at, "),
    "boxes with one id": ("okezone", r'(?s)<div id="baca-juga">.*<div id="baca-juga">'),
    "page in the title": ("okezone", r"<title>[^<]+ - PAGE 2 : Okezone Techno</title>"),
    "day without a time in JSON-LD": ("okezone", r'"datePublished": "05 September 2025"'),
    "text in one paragraph": ("tempo", r"<p><strong>TEMPO\.CO</strong>[^\n]*<br /> <br />[^\n]*<br /> <br />"),
    "paragraphs with one id": ("tempo", r'(?s)<div id="content-wrapper".*<div id="content-wrapper"'),
    "human date for machines": ("tempo", r'"article:published_time" content="24 Juli 2026 \| 11\.32 WIB"'),
    "subscribers only": ("tempo", r'"isAccessibleForFree": false'),
    "title with the channel": ("okezone", r'<meta property="og:title" content="[^"]+ : Okezone Techno">'),
    "dateline, Antara": ("antara", r"\(ANTARA News\) - \w"),
    "empty canonical link": ("antara", r'<link rel="canonical" href="">'),
    "closing copyright": ("antara", r"COPYRIGHT &copy; |COPYRIGHT ©"),
    "dateline before the paragraph": ("detik", r"<strong>Jakarta</strong> - <p>"),
    "false Z": ("detik", r'<meta name="pubdate" content="2015-11-12 T09:24:41Z"'),
    "initials of two": ("detik", r"<strong>\([a-z]{3}/[a-z]{3}\)</strong>"),
    "charset that is another": ("kapanlagi", r"charset=iso-8859-1.*(?s:.*)©"),
    "related stories as loose heading and links": ("kapanlagi", r"<h2>[^<]+</h2>(?:<a [^>]+>[^<]+</a><br>){2,}"),
    "credits in a table": ("kompas", r"<tr><td>Penulis</td><td>: [^<]+</td></tr><tr><td>Editor</td><td>: "),
    "inline, in brackets": ("kompas", r"<strong>\(Baca: <a"),
    "parts of a text in one page": ("liputan6", r'(?s)id="multi-page-0".*id="multi-page-2"'),
    "time without a zone": ("liputan6", r'<time [^>]*datetime="2016-02-19 06:35:12">'),
    "label over a list of links": ("liputan6", r'<p>Baca Juga</p><div class="baca-juga">'),
    "reporter and editor in one line": ("republika", r"<span>Rep: [^<]+/ </span>Red: "),
    "source in a box without a class": ("republika", r'<div style="font-weight:bold;">Sumber : '),
    "dateline, Republika": ("republika", r"REPUBLIKA\.CO\.ID, [A-Z]+ -- "),
    "tweet": ("viva", r'<blockquote class="twitter-tweet"'),
    "dateline, VIVA": ("viva", r"<strong>VIVA\.co\.id</strong> - "),
    "sliding advertisement": ("mediaindonesia", r'<div class="flying-carpet">'),
    "desk code": ("mediaindonesia", r" \(H-4\)</p>"),
    "editor as author in JSON-LD": ("mediaindonesia", r'(?s)"author": \[\s*\{\s*"@type": "Person",\s*"name": "Rosa"'),
}
"""What must occur on some article page of that outlet."""

STORY = {
    "the verb opens a quoted sentence": '"Baca buku petunjuknya pelan-pelan',
    "the verb with a colon in a sentence": "\"Baca: 'stok habis' di layar",
    "the verb with a colon before a quotation": 'Baca: "Air sampai ke anak tangga ketiga',
    "the verb opens a sentence": "Baca surat itu keras-keras",
    "the verb opens a subhead": "Baca doa sebelum lapak dilepas",
    "an announcement that is content": "Simak ulasannya berikut ini.",
    "a list in words": "antara lain Tirtamaya, Wanakerta",
}
"""What looks like junk and is text."""
