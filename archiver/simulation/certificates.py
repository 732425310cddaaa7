"""Certificates for the simulated hosts, signed by an authority that is made on the spot and trusted by nobody else."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Certificates:
    """PEM files: `authority` for whoever connects (SSL_CERT_FILE), `server` for the server, its key included."""

    authority: Path
    server: Path

    def context(self) -> ssl.SSLContext:
        """What the server's TLS sockets need."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.server)
        return context


def issue(folder: Path, hosts: Iterable[str]) -> Certificates:
    """Make an authority and one certificate for all `hosts`, as files in `folder`.

    Raises `ConfigError` where the package that makes them is missing.
    """
    try:
        import trustme  # noqa: PLC0415 - only recording and serving need it, not rendering
    except ImportError as error:
        raise ConfigError("trustme is not installed: pip install 'kliping[simulate]'") from error
    authority = trustme.CA()
    certificates = Certificates(folder / "authority.pem", folder / "server.pem")
    authority.cert_pem.write_to_path(str(certificates.authority))
    authority.issue_cert(*sorted(set(hosts))).private_key_and_cert_chain_pem.write_to_path(str(certificates.server))
    return certificates
