"""Secrets that open something: drawn at random, stored hashed."""

import secrets
from hashlib import sha256

TOKEN_BYTES = 16
"""128 bits: not to be guessed."""


def new_token() -> str:
    """A secret that nobody has had before."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hashed(token: str) -> str:
    """What is stored of a token; its 128 random bits need no salt."""
    return sha256(token.encode()).hexdigest()
