"""What all tests share."""

from __future__ import annotations

from collections.abc import Generator

import pytest


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are numbered: as a name they are unreadable, and packed ones differ from process to process."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What a test printed or logged goes from process to process as UTF-8, whatever it holds."""
    report = yield
    report.sections = [(name, text.encode("utf-8", "backslashreplace").decode()) for name, text in report.sections]
    return report
