"""The peers' own virtual environments: made from their locks at the first run, made anew when a lock changes."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def python_for(lock: str) -> Path:
    """The interpreter of the environment of `LOCK.lock`; the environment is made where it is missing or out of date.

    Raises `subprocess.CalledProcessError` where a package cannot be installed.
    """
    file = HERE / f"{lock}.lock"
    home = HERE / ".venv" / lock
    python = home / "bin" / "python"
    stamp = home / "lock.sha256"
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != digest:
        print(f"setting up benchmarks/.venv/{lock} from {file.name} (once) …", file=sys.stderr)
        install = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "--no-deps")
        subprocess.run([sys.executable, "-m", "venv", "--clear", home], check=True)  # noqa: S603 - our own command
        subprocess.run([python, *install, "--requirement", file], check=True)  # noqa: S603 - our own command
        stamp.write_text(digest, encoding="utf-8")
    return python
