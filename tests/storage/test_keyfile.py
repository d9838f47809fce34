# SPDX-License-Identifier: EUPL-1.2
"""Sealed key files open with their passphrase alone, whole or not at all, and passphrases come from two places only."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from argon2.low_level import Type, hash_secret_raw

from amana.protocol.canonical import encode, parse
from amana.protocol.errors import OperatorFault
from amana.storage.keyfile import RECOMMENDED, Cost, KeyFile, KeyFileHeader, read_key_file, read_passphrase, write_key_file

CHEAP = Cost(lanes=1, memory=128, passes=1)
SALT = bytes(range(16))
NONCE = bytes(range(12))
SECRETS = {"head": bytes(96), "receipt": b"\x01" * 96, "sealing-1": b"\x02" * 96}
PASSPHRASE = "كلمة سر طويلة".encode()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    written = tmp_path / "node.keys"
    write_key_file(written, PASSPHRASE, SECRETS, salt=SALT, nonce=NONCE, cost=CHEAP)
    return written


def test_secrets_come_back_by_name_and_the_file_is_private(path: Path) -> None:
    assert read_key_file(path, PASSPHRASE) == SECRETS
    assert path.stat().st_mode & 0o777 == 0o600
    assert all(secret not in path.read_bytes() for secret in SECRETS.values())


def test_the_identity_key_goes_to_a_file_of_its_own(path: Path) -> None:
    identity = path.with_name("identity.keys")
    write_key_file(identity, b"another", {"identity": b"\x03" * 64}, salt=SALT, nonce=NONCE, cost=CHEAP)
    assert read_key_file(identity, b"another") == {"identity": b"\x03" * 64}
    identity.unlink()
    assert read_key_file(path, PASSPHRASE) == SECRETS


@pytest.mark.parametrize("passphrase", [b"", b"wrong", PASSPHRASE[:-1], PASSPHRASE + b"\n"])
def test_another_passphrase_opens_nothing(path: Path, passphrase: bytes) -> None:
    with pytest.raises(OperatorFault, match="wrong_passphrase_or_damaged_key_file") as caught:
        read_key_file(path, passphrase)
    assert caught.value.facts == {"file": "node.keys"}


def test_any_changed_byte_opens_nothing(path: Path) -> None:
    sound = path.read_bytes()
    for at in range(len(sound)):
        changed = bytearray(sound)
        changed[at] ^= 1
        path.write_bytes(changed)
        with pytest.raises(OperatorFault, match="wrong_passphrase_or_damaged_key_file"):
            read_key_file(path, PASSPHRASE)


@pytest.mark.parametrize("length", [0, 1, 100])
def test_a_shortened_file_opens_nothing(path: Path, length: int) -> None:
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(OperatorFault, match="wrong_passphrase_or_damaged_key_file"):
        read_key_file(path, PASSPHRASE)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601])
def test_a_file_that_others_may_open_is_refused(path: Path, mode: int) -> None:
    path.chmod(mode)
    with pytest.raises(OperatorFault, match="key_file_too_open") as caught:
        read_key_file(path, PASSPHRASE)
    assert caught.value.facts == {"file": "node.keys", "mode": f"{mode:04o}", "wanted": "0600"}


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(OperatorFault, match="key_file_missing"):
        read_key_file(tmp_path / "node.keys", PASSPHRASE)


def test_the_file_is_what_it_is_said_to_be(path: Path) -> None:
    """Opened here with the libraries alone: Argon2id, AES-256-GCM, header as associated data."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    file = parse(path.read_bytes(), KeyFile)
    key = hash_secret_raw(PASSPHRASE, SALT, time_cost=1, memory_cost=128, parallelism=1, hash_len=32, type=Type.ID)
    content = AESGCM(key).decrypt(NONCE, file.sealed, b"amana/keyfile/v1\0" + file.header)
    assert b"sealing-1" in content
    assert file.header == encode(KeyFileHeader(cost=CHEAP, salt=SALT, nonce=NONCE))


def test_the_usual_cost_is_the_one_rfc_9106_recommends() -> None:
    assert (RECOMMENDED.passes, RECOMMENDED.lanes, RECOMMENDED.memory) == (3, 4, 2**16)


def test_a_write_that_fails_leaves_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(descriptor: int) -> None:
        raise OSError(28, "no room")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", refuse)
        with pytest.raises(OperatorFault, match="disk_full"):
            write_key_file(path, b"new", {"head": b"new"}, salt=SALT, nonce=NONCE, cost=CHEAP)
    assert read_key_file(path, PASSPHRASE) == SECRETS
    assert [file.name for file in path.parent.iterdir()] == ["node.keys"]


def private(path: Path, content: bytes, mode: int = 0o600) -> Path:
    path.write_bytes(content)
    path.chmod(mode)
    return path


@pytest.mark.parametrize(
    ("content", "passphrase"), [(b"long words", b"long words"), (b"long words\n", b"long words"), (b" a b \r\n", b" a b ")]
)
def test_the_passphrase_is_the_files_one_line(tmp_path: Path, content: bytes, passphrase: bytes) -> None:
    assert read_passphrase({}, private(tmp_path / "pass", content)) == passphrase


def test_the_service_manager_goes_first(tmp_path: Path) -> None:
    credentials = tmp_path / "credentials"
    credentials.mkdir()
    written = private(tmp_path / "pass", b"from the file")
    environment = {"CREDENTIALS_DIRECTORY": str(credentials)}
    assert read_passphrase(environment, written) == b"from the file"
    private(credentials / "amana-passphrase", b"from the manager", 0o440)
    assert read_passphrase(environment, written) == b"from the manager"
    assert read_passphrase(environment, None) == b"from the manager"


@pytest.mark.parametrize(
    ("content", "mode", "code"),
    [
        (None, 0, "no_passphrase"),
        (b"", 0o600, "no_passphrase"),
        (b"\n", 0o600, "no_passphrase"),
        (b"words", 0o644, "passphrase_file_too_open"),
    ],
)
def test_no_passphrase_is_a_fault(tmp_path: Path, content: bytes | None, mode: int, code: str) -> None:
    path = tmp_path / "pass"
    if content is not None:
        private(path, content, mode)
    with pytest.raises(OperatorFault, match=code):
        read_passphrase({"CREDENTIALS_DIRECTORY": os.fspath(tmp_path)}, path)
    with pytest.raises(OperatorFault, match="no_passphrase"):
        read_passphrase({}, None)
