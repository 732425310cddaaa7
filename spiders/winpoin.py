"""WinPoin: https://winpoin.com, a WordPress site about Windows; tagDiv's Newsmag theme in 2018."""

import re
from datetime import date

from archiver.outlet import Css, Feed, Layout, Outlet

_SHARE = (".td-post-sharing", ".sharedaddy", ".addtoany_share_save_container")
_RELATED = (".td_block_related_posts", ".td-post-next-prev", ".jp-relatedposts", ".yarpp-related", ".related-posts")
_ADS = (".td-a-rec", "ins.adsbygoogle", "[id^=div-gpt-ad]")

WINPOIN = Outlet(
    name="winpoin",
    title="WinPoin",
    domains=("winpoin.com",),
    sources=(Feed("https://winpoin.com/feed/"),),
    article_url=re.compile(
        r"^https?://(?:www\.)?winpoin\.com/(?!category/|tag/|author/|page/|feed/|wp-|about|kontak|contact|privacy)[\w-]{12,}/?(?:\?|$)"
        r"|^https?://(?:www\.)?winpoin\.com/\?p=\d+$"
    ),
    brand=("WinPoin", "WinPoin.com", "winpoin.com"),
    layouts=(
        Layout(
            name="newsmag-2018",
            since=date(2016, 1, 1),
            when=".td-post-content",
            area="article.post",
            body=".td-post-content",
            title=("h1.entry-title",),
            authors=(".td-post-author-name a",),
            published=(Css("time.entry-date", attr="datetime"), "time.entry-date"),
            modified=(Css("meta[itemprop=dateModified]", attr="content"),),
            section=(".td-category .entry-category a",),
            tags=".td-tags li a",
            image=".td-post-featured-image img",
            caption=".td-post-featured-image figcaption, .wp-caption-text",
            drop={
                "share": _SHARE,
                "related_list": _RELATED,
                "nav": (
                    ".td-crumb-container",
                    ".author-box-wrap",
                    ".td-tags > li > span",
                    ".td-post-views",
                    ".td-post-comments",
                ),
                "comments": ("#comments",),
                "ad": _ADS,
            },
        ),
        Layout(
            name="wordpress",
            when="article .entry-content, .post .entry-content",
            area="article",
            body=".entry-content",
            title=("h1.entry-title", ".entry-title"),
            authors=(".author a", ".byline a"),
            published=(Css("time.entry-date", attr="datetime"), "time.entry-date"),
            modified=(Css("time.updated", attr="datetime"),),
            section=(".cat-links a",),
            tags=".tags-links a",
            image=".post-thumbnail img",
            caption=".wp-caption-text",
            drop={"share": _SHARE, "related_list": _RELATED, "comments": ("#comments",), "ad": _ADS},
        ),
    ),
)
