"""The command line. Each command is a module of its own, imported when it is asked for and not before."""

from archiver.cli.program import kliping, main

__all__ = ["kliping", "main"]
