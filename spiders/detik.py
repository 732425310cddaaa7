"""detikcom: https://www.detik.com, with a host for each channel (`news.`, `inet.`, `finance.` …)."""

import re

from archiver.outlet import Drops, Layout, NewsSitemap, Outlet

_DROP: Drops = {
    "related_inline": (".lihatjg", ".linksisip"),
    "related_list": ("#bacajugabox", ".box_artikel2", ".leftarticle", ".list_fotovideo", "#slidebox"),
    "nav": ("#trending", "#headline", ".breadcrumb"),
    "share": (".articleshare2", ".sharemenu", ".share_detail"),
    "media_widget": (".sisip_embed_sosmed",),
    "ad": (".banner_inside_article", "[id^=cad_]", "[id^=div-gpt-ad]", ".adpoint_bottom"),
}
_DATES = (".content_detail > .date", ".content_detail .author + .date")
_CAPTIONS = ".pic_artikel span, .pic_artikel_sisip span, .pic_artikel_sisip_table span"

DETIK = Outlet(
    name="detik",
    title="detikcom",
    domains=("detik.com",),
    sources=(NewsSitemap("https://news.detik.com/sitemap_news.xml"),),
    article_url=re.compile(r"/read(?:foto)?/\d{4}/\d\d/\d\d/\d+/\d+/|/d-\d+/"),
    brand=("detikcom", "detikNews", "detikinet", "detikINET", "detik.com", "detikFinance", "detikHot", "detikSport"),
    distrust=frozenset({"meta:article:author"}),
    layouts=(
        Layout(
            name="article-2019",
            when=".detail__body-text",
            body=".detail__body-text",
            title=("h1.detail__title",),
            authors=(".detail__author",),
            published=(".detail__date",),
            image=".detail__media-image img",
            caption=".detail__media-caption, .pic_artikel_sisip_table span",
            tags=".detail__body-tag a",
            pager=".detail__anchor-numb, .detail__long-nav a",
            drop={
                "related_inline": (".lihatjg", ".linksisip"),
                "related_list": ("#bacajugabox", ".detail__multiple"),
                "ad": (".parallaxindetail", ".scroll-to-content", "[id^=div-gpt-ad]", ".staticdetail_ads"),
                "media_widget": (".embed", ".sisip_embed_sosmed"),
            },
        ),
        # A live report. No capture of one is known: the frame is that of the articles of its time, and the entries are
        # taken to be marked up as schema.org has it (https://schema.org/LiveBlogPosting).
        Layout(
            name="live-2014",
            when="[itemprop=liveBlogUpdate]",
            area=".content_detail",
            body=".text_detail, .detail_text",
            title=(".content_detail h1",),
            authors=(".content_detail .author",),
            published=_DATES,
            image=".pic_artikel img",
            caption=_CAPTIONS,
            entries="[itemprop=liveBlogUpdate]",
            entry_time="time, [itemprop=datePublished]",
            drop=_DROP,
        ),
        Layout(
            name="article-2014",
            when=".text_detail, .detail_text",
            area=".content_detail",
            body=".text_detail, .detail_text",
            title=(".content_detail h1", ".detail_content h1", ".detail_area h1", "h1.jdl", ".jdl h1"),
            authors=(".content_detail .author", ".detail_content .author", ".detail_area .author", ".jdl .author"),
            published=(*_DATES, ".detail_content .date", ".detail_area .date", ".jdl .date"),
            image=".pic_artikel img",
            caption=_CAPTIONS,
            drop=_DROP,
        ),
        Layout(
            name="photo-2014",
            when=".text_gal",
            area=".content_detail",
            body=".text_gal",
            title=(".content_detail h1",),
            authors=(".content_detail .author",),
            published=(*_DATES, ".content_detail .date"),
            image=".pic_gal img",
            caption=".text_gal",
            photos=True,
            drop=_DROP,
        ),
        Layout(
            name="bigpic-2014",
            when="#bigpic",
            area=".content_detail",
            body="#bigpic",
            title=(".content_detail h1",),
            authors=(".content_detail .author",),
            published=(*_DATES, ".content_detail .date"),
            image="#bigpic img",
            photos=True,
            drop=_DROP,
        ),
    ),
)
