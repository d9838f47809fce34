# SPDX-License-Identifier: EUPL-1.2
"""Signature lines against known answers of other implementations, and the one spelling of each value."""

from __future__ import annotations

from base64 import b64decode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from amana.protocol.errors import PeerFault
from amana.protocol.identifiers import Seconds
from amana.protocol.note import KeySignature, key_id, parse_base64, parse_line, parse_number, render_line, split_lines

# The example key and note of the Go module golang.org/x/mod, sumdb/note (note_test.go); Ed25519 signing is deterministic.
GO_SEED = b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
GO_TEXT = b"If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
GO_LINE = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"

# The ML-DSA-44 log of the Go module filippo.io/torchwood, cmd/litewitness/testdata/mldsa.txt: its seed and key id.
TORCHWOOD_SEED = bytes.fromhex("2886adc2b0eabfce67c0472939127998bf886cf256bfee8ba76a253fce1146e0")
TORCHWOOD_KEY_ID = "b5df45c5"


def test_an_ed25519_line_is_the_one_that_go_writes() -> None:
    private = Ed25519PrivateKey.from_private_bytes(GO_SEED)
    named = key_id("PeterNeumann", b"\x01", private.public_key().public_bytes_raw())
    line = KeySignature(key_id=named, time=Seconds(0), signature=private.sign(GO_TEXT))
    assert render_line("PeterNeumann", line).decode() == GO_LINE
    assert parse_line(GO_LINE[:-1], name="PeterNeumann", timed=False, length=64) == line


def test_an_mldsa_key_has_the_id_that_torchwood_gives_it() -> None:
    public = MLDSA44PrivateKey.from_seed_bytes(TORCHWOOD_SEED).public_key().public_bytes_raw()
    assert key_id("example.com/mldsa-log", b"\x06", public).hex() == TORCHWOOD_KEY_ID


@pytest.mark.parametrize("text", ["0", "1", "10", "9007199254740991"])
def test_a_number_is_read_in_its_one_spelling(text: str) -> None:
    assert str(parse_number(text, below=2**53)) == text


@pytest.mark.parametrize("text", ["", "00", "01", "-1", "+1", " 1", "1 ", "1.0", "1e3", "٣", "9007199254740992", "1" * 5000, "1_0"])
def test_a_number_spelled_otherwise_is_refused(text: str) -> None:
    with pytest.raises(PeerFault, match="note_form"):
        parse_number(text, below=2**53)


def test_base64_is_read_in_its_one_spelling() -> None:
    assert parse_base64("AAE=", length=2) == b"\0\1"


@pytest.mark.parametrize("text", ["", "AAE", "AAF=", "AAE=\n", " AAE=", "AAE==", "AA-=", "AAEA", "ÀAE=", "A", "AA\rE="])
def test_base64_spelled_otherwise_is_refused(text: str) -> None:
    with pytest.raises(PeerFault, match="note_form"):
        parse_base64(text, length=2)


@pytest.mark.parametrize("note", [b"", b"a\n", b"a\nb", b"a\nb\n\n", b"a\nb\nc\n", b"a\n\xff\n"])
def test_a_note_has_its_number_of_ended_lines(note: bytes) -> None:
    with pytest.raises(PeerFault, match="note_form"):
        split_lines(note, limit=100, count=2)


def test_a_note_of_two_lines_is_split() -> None:
    assert split_lines(b"a\nb\n", limit=4, count=2) == ["a", "b"]
    with pytest.raises(PeerFault, match="too_large"):
        split_lines(b"a\nb\n", limit=3, count=2)
