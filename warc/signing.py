"""Signatures of packages with a key of one's own: the anonymous signature of WACZ Signing and Verification 0.1.0.

Whoever checks it must know the public key from elsewhere. The specification leaves the curve open; ReplayWeb.page
checks P-384 with SHA-256 and the two numbers of the signature laid end to end, so that is what is made here.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
    load_pem_private_key,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_ALGORITHM = ec.ECDSA(SHA256())
_NUMBER = 48
"""Bytes of each of the two numbers on P-384."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key, ready to sign."""

    key: ec.EllipticCurvePrivateKey

    def sign(self, digest: str) -> dict[str, str]:
        """`signature` and `publicKey` for a digest label such as `sha256:…`, both in base 64."""
        numbers = decode_dss_signature(self.key.sign(digest.encode(), _ALGORITHM))
        signature = b"".join(number.to_bytes(_NUMBER, "big") for number in numbers)
        public = self.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return {"signature": base64.b64encode(signature).decode(), "publicKey": base64.b64encode(public).decode()}


def load_signer(path: Path) -> Signer:
    """The key in a PEM file without a password. Raises ValueError, and OSErrors as they come."""
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise ValueError(f"{path} holds no PEM private key that can be read without a password") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP384R1):
        raise ValueError(f"the key in {path} is not on the curve P-384 (secp384r1)")
    return Signer(key)


def is_signed_by(digest: str, signed: Mapping[str, object]) -> bool:
    """Whether `signature` is that of `publicKey` over the digest; False for anything malformed too."""
    try:
        signature = base64.b64decode(str(signed["signature"]), validate=True)
        key = load_der_public_key(base64.b64decode(str(signed["publicKey"]), validate=True))
        if not isinstance(key, ec.EllipticCurvePublicKey) or len(signature) != 2 * _NUMBER:
            return False
        numbers = (int.from_bytes(half, "big") for half in (signature[:_NUMBER], signature[_NUMBER:]))
        key.verify(encode_dss_signature(*numbers), digest.encode(), _ALGORITHM)
    except (KeyError, ValueError, UnsupportedAlgorithm, InvalidSignature):
        return False
    return True
