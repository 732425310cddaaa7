"""Scrapy's settings for this project, as scrapy.cfg names them: `scrapy list`, `scrapy crawl tempo`.

What depends on kliping.toml (user agent, delay, limits) is added by `archiver.crawling.configure`.
"""

from archiver.config import PRODUCT

BOT_NAME = "kliping"
SPIDER_LOADER_CLASS = "archiver.crawling.loader.OutletSpiderLoader"
COMMANDS_MODULE = "archiver.crawling.commands"  # `scrapy crawl` with our exit codes

# Who is asking, and what is not asked for.
USER_AGENT = PRODUCT
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "Kliping"
COOKIES_ENABLED = False
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "id,en;q=0.5",
    "Accept-Encoding": "gzip",  # half of the archivists' programs cannot read br or zstd
}
REFERRER_POLICY = "no-referrer"

# Politeness. The delay itself is in kliping.toml.
DOWNLOAD_DELAY_JITTER = 0.5
AUTOTHROTTLE_MAX_DELAY = 60.0

# Every answer goes to the spider, which knows what each status means; only the spider follows an article's redirects.
HTTPERROR_ALLOW_ALL = True
METAREFRESH_ENABLED = False
REDIRECT_MAX_TIMES = 10
CONCURRENT_ITEMS = 1  # a page gives one article; Scrapy makes so many tasks for each page
WARN_ON_GENERATOR_RETURN_VALUE = False  # linters look for that; Scrapy would parse the spiders' source in each run
URLLENGTH_LIMIT = 0  # the ledger must hear of every address, so nothing may drop one
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_WARNSIZE = 0
RETRY_GIVE_UP_LOG_LEVEL = "INFO"

# Addresses are fetched in the order in which they were discovered, the newest first.
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"  # the ledger knows each address

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # the spider tells it as not_wanted
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "archiver.crawling.robots.RobotsMiddleware": 100,
    "archiver.crawling.ai_txt.AiTxtMiddleware": 110,
    "archiver.crawling.decoding.ContentDecoder": 590,
    "archiver.crawling.guard.TargetGuard": 950,
    "archiver.crawling.politeness.HostTurns": 960,
}
ITEM_PIPELINES = {"archiver.crawling.pipeline.ArticlePipeline": 300}
EXTENSIONS = {"archiver.crawling.recorder.Recorder": 0}

# No doors: the remote control runs what it is sent.
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False

TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
LOG_LEVEL = "INFO"
