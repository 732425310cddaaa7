"""The command line, run in this process."""

from tests.cli.conftest import kliping

__all__ = ["kliping"]
