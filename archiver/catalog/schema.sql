-- The catalog: an index over ARCHIVE/warc, made anew from it at any time by `kliping catalog rebuild`.
-- A change here raises VERSION in connection.py.

-- Where a WARC record lies: captures (response, revisit) and what was derived from them (conversion, metadata).
CREATE TABLE records (
    record_id      TEXT PRIMARY KEY,   -- <urn:uuid:...> as the record says
    type           TEXT NOT NULL,      -- response | revisit | conversion | metadata
    url            TEXT,               -- WARC-Target-URI
    file           TEXT NOT NULL,      -- name below ARCHIVE/warc
    offset         INTEGER NOT NULL,   -- bytes from the start of the file
    length         INTEGER NOT NULL,   -- bytes of the record as stored, compression included
    date           TEXT NOT NULL,      -- WARC-Date, UTC
    payload_digest TEXT,
    status         INTEGER,            -- HTTP status; captures only
    truncated      TEXT                -- WARC-Truncated: why a capture is cut short; null where it is whole
) WITHOUT ROWID;
CREATE INDEX records_by_payload ON records (payload_digest, date);
CREATE INDEX captures_by_address ON records (url, date) WHERE type IN ('response', 'revisit');
CREATE INDEX captures_by_date ON records (date) WHERE type IN ('response', 'revisit');

-- One reading for each capture that gave an article: what was cut out of it, by the newest extraction.
-- A reading that differs from the one before it, in order of capture, is a new version of the article.
CREATE TABLE readings (
    capture_id    TEXT PRIMARY KEY,    -- response record of page 1
    url           TEXT NOT NULL,       -- the article: page 1's address after redirects
    captured      TEXT NOT NULL,       -- WARC-Date of that response
    digest        TEXT NOT NULL,       -- of the content alone: see archiver.catalog.content
    title         TEXT,
    lead          TEXT,
    text          TEXT NOT NULL,
    article       TEXT NOT NULL,       -- JSON of the article without its text; removed and re-routed lines are in it
    conversion_id TEXT NOT NULL,
    metadata_id   TEXT,
    derived       TEXT NOT NULL        -- WARC-Date of the metadata record: when it was cut out
);
CREATE INDEX readings_of_article ON readings (url, captured, capture_id);

-- One row for each article, as it stands today.
CREATE TABLE articles (
    id        INTEGER PRIMARY KEY,
    url       TEXT NOT NULL UNIQUE,
    outlet    TEXT,
    day       TEXT NOT NULL,           -- YYYY-MM-DD: published, or captured where the page names no date
    versions  INTEGER NOT NULL,
    latest_id TEXT NOT NULL            -- capture_id of the reading that began the newest version
);
CREATE INDEX articles_by_day ON articles (day, url);
CREATE INDEX articles_by_outlet ON articles (outlet, day, url);

-- Every address under which an article is known: its own, each of its pages, the canonical one.
CREATE TABLE addresses (
    address TEXT NOT NULL,
    url     TEXT NOT NULL,             -- the article's
    kind    TEXT NOT NULL,             -- article | page | canonical
    PRIMARY KEY (address, url)
) WITHOUT ROWID;
CREATE INDEX addresses_of_article ON addresses (url);

-- What a search goes through: the newest version of each article. The index keeps no copy of the text.
CREATE VIEW current AS
    SELECT articles.id, readings.title, readings.lead, readings.text
    FROM articles JOIN readings ON readings.capture_id = articles.latest_id;

CREATE VIRTUAL TABLE fulltext USING fts5 (
    title, lead, text,
    content = 'current', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
