from __future__ import annotations

import mmap

import pytest

from warc.spill import SPILL_AT, Spill


@pytest.mark.parametrize("size", [10, SPILL_AT, SPILL_AT + 1, SPILL_AT * 2])
def test_bytes_come_back_from_memory_and_disk_alike(size: int) -> None:
    spill = Spill()
    for start in range(0, size, 1_000_000):
        spill.write(b"%08d" % start + bytes(min(1_000_000, size - start) - 8))
    assert spill.size == size
    octets = spill.take(size)
    assert isinstance(octets, mmap.mmap) == (size > SPILL_AT)
    assert len(octets) == size
    assert octets[:8] == b"00000000"
    if size > 2_000_000:
        assert octets.find(b"02000000") == 2_000_000


def test_the_end_may_be_left_out() -> None:
    for size in (10, SPILL_AT + 1):
        spill = Spill()
        spill.write(bytes(size) + b"surplus")
        assert spill.take(size)[:] == bytes(size)


def test_a_buffer_can_be_given_up() -> None:
    spill = Spill()
    spill.write(bytes(SPILL_AT + 1))
    spill.close()
    assert spill.size == SPILL_AT + 1
