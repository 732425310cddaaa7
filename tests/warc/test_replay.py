from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError, ResponseDataLossError
from scrapy.http import HtmlResponse, Response
from scrapy.utils.test import get_crawler

from tests.warc.samples import PAGE, START, chunked_message, exchange, message, write
from warc.errors import NotArchivedError, WarcWriteError
from warc.index import WarcIndex
from warc.replay import ReplayDownloadHandler, record_replayed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from scrapy.crawler import Crawler

    from warc.record import RecordRef

URL = "https://www.example.com/a"


def crawler_over(*paths: Path, **settings: object) -> Crawler:
    return get_crawler(settings_dict={"KLIPING_REPLAY": list(paths), "TWISTED_REACTOR_ENABLED": False, **settings})


def answer(crawler: Crawler, request: Request) -> Response:
    handler = ReplayDownloadHandler.from_crawler(crawler)
    return asyncio.run(handler.download_request(request))


def test_an_answer_is_what_the_live_handler_would_have_given(tmp_path: Path) -> None:
    path = write(tmp_path, exchange(URL, chunked_message()))
    crawler = crawler_over(path)
    request = Request(URL)
    response = answer(crawler, request)
    assert (response.status, response.protocol, response.flags) == (200, "HTTP/1.1", ["warc"])
    assert response.headers.to_unicode_dict() == {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Encoding": "gzip",
    }
    ref = WarcIndex([path]).find(URL)
    assert request.meta["warc_record"] == ref
    middleware = HttpCompressionMiddleware.from_crawler(crawler)
    decoded = middleware.process_response(request, response)
    assert isinstance(decoded, HtmlResponse)
    assert decoded.body == PAGE


def test_the_records_are_announced(tmp_path: Path) -> None:
    heard: list[tuple[list[str], Request]] = []

    def listen(refs: Sequence[RecordRef], request: Request, index: WarcIndex) -> None:
        assert all(index.get(ref.record_id) == ref for ref in refs)
        heard.append(([ref.type for ref in refs], request))

    crawler = crawler_over(write(tmp_path))
    crawler.signals.connect(listen, record_replayed)
    request = Request(URL)
    answer(crawler, request)
    assert heard == [(["warcinfo", "response", "request"], request)]


def test_a_record_that_cannot_be_kept_fails_the_download(tmp_path: Path) -> None:
    def full() -> None:
        raise WarcWriteError("a.warc.gz", "No space left on device")

    crawler = crawler_over(write(tmp_path))
    crawler.signals.connect(full, record_replayed)
    with pytest.raises(WarcWriteError):
        answer(crawler, Request(URL))


def test_the_method_counts(tmp_path: Path) -> None:
    path = write(tmp_path, exchange(URL, message()[: -len(PAGE)], method="HEAD"))
    response = answer(crawler_over(path), Request(URL, method="HEAD"))
    assert (response.status, response.body) == (200, b"")
    assert response.headers["Content-Length"] == str(len(PAGE)).encode()
    with pytest.raises(NotArchivedError, match=f"not in the archive: GET {URL}"):
        answer(crawler_over(path), Request(URL))


def test_a_date_may_be_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path, exchange(URL, message(b"one")), exchange(URL, message(b"two"), seconds=3600))
    assert answer(crawler_over(path), Request(URL)).body == b"two"
    assert answer(crawler_over(path), Request(URL, meta={"replay_date": START})).body == b"one"
    assert answer(crawler_over(path, KLIPING_REPLAY_DATE="2021-05-04"), Request(URL)).body == b"one"
    later = {"replay_date": START + timedelta(days=1)}
    assert answer(crawler_over(path, KLIPING_REPLAY_DATE="2021-05-04"), Request(URL, meta=later)).body == b"two"


@pytest.mark.parametrize(
    ("truncated", "error"),
    [("length", DownloadCancelledError), ("time", DownloadTimeoutError), ("disconnect", ResponseDataLossError)],
)
def test_a_capture_that_was_cut_fails_as_it_did(tmp_path: Path, truncated: Any, error: type[Exception]) -> None:
    path = write(tmp_path, exchange(URL, message()[:300], truncated=truncated))
    with pytest.raises(error):
        answer(crawler_over(path), Request(URL))


def test_data_loss_may_be_allowed(tmp_path: Path) -> None:
    path = write(tmp_path, exchange(URL, message()[:300], truncated="disconnect"))
    response = answer(crawler_over(path, DOWNLOAD_FAIL_ON_DATALOSS=False), Request(URL))
    assert response.flags == ["warc", "dataloss"]
    assert PAGE.startswith(response.body)


def test_a_robots_txt_that_is_not_archived_counts_as_absent(tmp_path: Path) -> None:
    path = write(tmp_path, exchange("https://a.example/robots.txt", message(b"User-agent: *")))
    crawler = crawler_over(path)
    heard: list[object] = []

    def listen(refs: object) -> None:
        heard.append(refs)

    crawler.signals.connect(listen, record_replayed)
    absent = answer(crawler, Request("https://www.example.com/robots.txt"))
    assert (absent.status, absent.flags) == (404, ["warc", "not-archived"])
    assert heard == []
    assert answer(crawler, Request("https://a.example/robots.txt")).body == b"User-agent: *"


def test_two_replays_in_one_process_do_not_meet(tmp_path: Path) -> None:
    one = crawler_over(write(tmp_path / "1", exchange(URL, message(b"one"))))
    two = crawler_over(write(tmp_path / "2", exchange(URL, message(b"two"))))
    assert [answer(crawler, Request(URL)).body for crawler in (one, two, one)] == [b"one", b"two", b"one"]


def test_an_index_that_is_there_is_used(tmp_path: Path) -> None:
    index = WarcIndex([write(tmp_path)])
    crawler = get_crawler(settings_dict={"KLIPING_REPLAY": index})
    assert crawler.settings["KLIPING_REPLAY"] is index
    assert answer(crawler, Request(URL)).body == PAGE
