# SPDX-License-Identifier: EUPL-1.2
"""Secret keys in a file sealed with a passphrase, never in the database; the identity key has a file of its own.

Argon2id (RFC 9106) makes a key from the passphrase, AES-256-GCM seals the named secrets under it, and the header
(salt, nonce, cost) is authenticated with them. Promise: a wrong passphrase and any changed byte give one and the same
fault, and no secret. Salt and nonce are the caller's and must be fresh for every file written.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import Meta

from amana.protocol.canonical import Canonical, encode, parse
from amana.protocol.errors import OperatorFault, PeerFault
from amana.storage.files import replace_file, require_private

SALT_BYTES = 16  # RFC 9106, section 3.1: 16 bytes are recommended for password hashing
NONCE_BYTES = 12
KEY_BYTES = 32
LABEL = b"amana/keyfile/v1\0"
LARGEST = 1024 * 1024
CREDENTIAL = "amana-passphrase"  # the name under which systemd's LoadCredential= hands the passphrase over


class Cost(Canonical, frozen=True, kw_only=True):
    """What making the key costs. The bounds keep a changed byte affordable."""

    lanes: Annotated[int, Meta(ge=1, le=16)]
    memory: Annotated[int, Meta(ge=128, le=1024 * 1024)]  # KiB
    passes: Annotated[int, Meta(ge=1, le=16)]


RECOMMENDED = Cost(lanes=4, memory=64 * 1024, passes=3)  # RFC 9106, section 4, second recommended option


class KeyFileHeader(Canonical, frozen=True, kw_only=True):
    """What is needed to open the file, in the clear and authenticated."""

    cost: Cost
    salt: Annotated[bytes, Meta(min_length=SALT_BYTES, max_length=SALT_BYTES)]
    nonce: Annotated[bytes, Meta(min_length=NONCE_BYTES, max_length=NONCE_BYTES)]


class KeyFile(Canonical, frozen=True, kw_only=True):
    """The whole file."""

    header: bytes  # KeyFileHeader
    sealed: bytes  # NamedSecrets under the passphrase's key


class NamedSecret(Canonical, frozen=True, kw_only=True):
    """One secret key."""

    name: Annotated[str, Meta(min_length=1, max_length=64)]
    secret: bytes


class NamedSecrets(Canonical, frozen=True, kw_only=True):
    """The content, sorted by name."""

    secrets: tuple[NamedSecret, ...]


def write_key_file(
    path: Path, passphrase: bytes, secrets: Mapping[str, bytes], *, salt: bytes, nonce: bytes, cost: Cost = RECOMMENDED
) -> None:
    """Seal `secrets` into the file at `path` (mode 0600), replacing it whole."""
    header = encode(KeyFileHeader(cost=cost, salt=salt, nonce=nonce))
    content = encode(NamedSecrets(secrets=tuple(NamedSecret(name=name, secret=secrets[name]) for name in sorted(secrets))))
    sealed = AESGCM(_key(passphrase, salt, cost)).encrypt(nonce, content, LABEL + header)
    replace_file(path, encode(KeyFile(header=header, sealed=sealed)))


def read_key_file(path: Path, passphrase: bytes) -> dict[str, bytes]:
    """The secrets by name.

    Raises OperatorFault `key_file_missing`, `key_file_too_open`, `wrong_passphrase_or_damaged_key_file`.
    """
    try:
        require_private(path, "key_file_too_open")
        encoded = path.read_bytes()
    except FileNotFoundError as error:
        raise OperatorFault("key_file_missing", file=path.name) from error
    try:
        file = parse(encoded, KeyFile, limit=LARGEST)
        header = parse(file.header, KeyFileHeader)
        key = _key(passphrase, header.salt, header.cost)
        content = parse(AESGCM(key).decrypt(header.nonce, file.sealed, LABEL + file.header), NamedSecrets)
    except (PeerFault, InvalidTag, HashingError) as error:
        raise OperatorFault("wrong_passphrase_or_damaged_key_file", file=path.name) from error
    return {named.name: named.secret for named in content.secrets}


def read_passphrase(environment: Mapping[str, str], passphrase_file: Path | None) -> bytes:
    """The passphrase that opens the key files: from the service manager, else from the configured file.

    `environment` is where `CREDENTIALS_DIRECTORY` is looked up. One line feed at the end does not count.
    Raises OperatorFault `no_passphrase`, `passphrase_file_too_open`.
    """
    directory = environment.get("CREDENTIALS_DIRECTORY")
    handed_over = Path(directory) / CREDENTIAL if directory else None
    if handed_over is not None and handed_over.is_file():
        return _first_line(handed_over)  # the service manager keeps it in memory, for this service alone
    if passphrase_file is None or not passphrase_file.is_file():
        raise OperatorFault("no_passphrase", credential=CREDENTIAL, file=passphrase_file.name if passphrase_file else "")
    require_private(passphrase_file, "passphrase_file_too_open")
    return _first_line(passphrase_file)


def _first_line(path: Path) -> bytes:
    passphrase = path.read_bytes().removesuffix(b"\n").removesuffix(b"\r")
    if not passphrase:
        raise OperatorFault("no_passphrase", credential=CREDENTIAL, file=path.name)
    return passphrase


def _key(passphrase: bytes, salt: bytes, cost: Cost) -> bytes:
    return hash_secret_raw(
        secret=passphrase,
        salt=salt,
        time_cost=cost.passes,
        memory_cost=cost.memory,
        parallelism=cost.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )
