"""The key pair of an installation, and how people compare the fingerprint of a public key."""

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from scoring.model import texts

KEY_FILE = "package-key"
GROUPS, LETTERS = 8, 4
"""A fingerprint has 128 bits, in groups that can be read out on the telephone."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An Ed25519 key pair."""

    private: Ed25519PrivateKey

    @property
    def public(self) -> str:
        """The public key, 64 hexadecimal digits."""
        return self.private.public_key().public_bytes_raw().hex()

    def sign(self, message: bytes) -> str:
        """The signature, 128 hexadecimal digits."""
        return self.private.sign(message).hex()


def own_key(home: Path) -> SigningKey:
    """The key pair of this installation, made when it is first needed and readable by its owner alone."""
    file = home / KEY_FILE
    if not file.exists():
        home.mkdir(parents=True, exist_ok=True)
        made = Ed25519PrivateKey.generate().private_bytes_raw().hex()
        try:
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                out.write(made)
        except FileExistsError:  # somebody else was faster
            pass
    return SigningKey(Ed25519PrivateKey.from_private_bytes(bytes.fromhex(file.read_text().strip())))


def is_signed(message: bytes, public: str, signature: str) -> bool:
    """Whether the signature of the message is that of the key; all in hexadecimal digits."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public: str) -> str:
    """What people compare of a public key: eight groups of four hexadecimal digits."""
    digits = sha256(bytes.fromhex(public)).hexdigest()
    return " ".join(digits[at : at + LETTERS] for at in range(0, GROUPS * LETTERS, LETTERS))


def same_fingerprint(one: str, other: str) -> bool:
    """Whether two fingerprints are the same, however they are spaced."""
    return texts.code(one).lower() == texts.code(other).lower()
