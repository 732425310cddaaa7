from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from warc.signing import is_signed_by, load_signer

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

DIGEST = "sha256:" + "ab" * 32


def pem(path: Path, key: PrivateKeyTypes, password: bytes | None = None) -> Path:
    encryption = BestAvailableEncryption(password) if password else NoEncryption()
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption))
    return path


def test_a_signature_holds_for_its_digest_alone(tmp_path: Path) -> None:
    signer = load_signer(pem(tmp_path / "key.pem", ec.generate_private_key(ec.SECP384R1())))
    signed = signer.sign(DIGEST)
    assert len(base64.b64decode(signed["signature"])) == 96
    assert is_signed_by(DIGEST, signed)
    assert not is_signed_by(DIGEST.replace("a", "c"), signed)
    other = load_signer(pem(tmp_path / "other.pem", ec.generate_private_key(ec.SECP384R1()))).sign(DIGEST)
    assert not is_signed_by(DIGEST, signed | {"publicKey": other["publicKey"]})


@pytest.mark.parametrize("signed", [{}, {"signature": "?", "publicKey": "?"}, {"signature": "AAAA", "publicKey": ""}])
def test_what_is_no_signature(signed: dict[str, object]) -> None:
    assert not is_signed_by(DIGEST, signed)


def test_keys_that_do_not_serve(tmp_path: Path) -> None:
    for key in (ec.generate_private_key(ec.SECP256R1()), ed25519.Ed25519PrivateKey.generate()):
        with pytest.raises(ValueError, match="not on the curve P-384"):
            load_signer(pem(tmp_path / "key.pem", key))
    with pytest.raises(ValueError, match="without a password"):
        load_signer(pem(tmp_path / "key.pem", ec.generate_private_key(ec.SECP384R1()), b"rahasia"))
    (tmp_path / "key.pem").write_text("no key")
    with pytest.raises(ValueError, match=r"key\.pem holds no PEM private key"):
        load_signer(tmp_path / "key.pem")
