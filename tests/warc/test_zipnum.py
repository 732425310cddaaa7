from __future__ import annotations

import gzip
import json

from warc.zipnum import LINES_A_BLOCK, SortedLines, write_blocks


def lines(count: int) -> list[str]:
    return [f'com,example)/{number:06d} 20210504030201 {{"offset": "{number}"}}' for number in range(count)]


def test_lines_come_in_the_order_of_their_bytes_and_once() -> None:
    given = [*lines(50), "com,example)/é 20210504030201 {}", "com,example) 20210504030201 {}"]
    with SortedLines() as kept:
        kept.add(reversed(given))
        kept.add(given[:7])
        assert list(kept) == sorted(line.encode() for line in given)


def test_each_row_of_the_short_index_leads_to_its_block() -> None:
    given = [line.encode() for line in lines(2 * LINES_A_BLOCK + 1)]
    blocks = bytearray()
    header, *rows = write_blocks(given, blocks.extend, "index.cdx.gz").decode().splitlines()
    assert header == '!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}'
    found = []
    for row in rows:
        key, moment, fields = row.split(" ", 2)
        place = json.loads(fields)
        block = gzip.decompress(blocks[place["offset"] : place["offset"] + place["length"]]).splitlines()
        assert block[0].startswith(f"{key} {moment} ".encode())
        found += block
    assert found == given
    assert len(rows) == 3


def test_no_line_no_block() -> None:
    blocks = bytearray()
    assert write_blocks([], blocks.extend, "index.cdx.gz").count(b"\n") == 1
    assert not blocks
