# SPDX-License-Identifier: EUPL-1.2
"""A node's secret keys in memory: made from random seeds, handed around as one value, never in the database.

Two bundles of named secrets go to two files (storage.keyfile): the working keys, which a running node needs, and
the identity key, which signs cards only and can be taken away. Spec: spec/07-card.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from amana.node.ports import Randomness
from amana.protocol.envelope import SealingPair
from amana.protocol.errors import OperatorFault
from amana.protocol.signing import SigningPair

SIGNING_SEED = 64  # Ed25519 seed ‖ ML-DSA-44 seed (protocol.signing)
SEALING_SEED = 96  # ML-KEM-768 seed ‖ X25519 key (protocol.envelope)
SIGNING_ROLES = ("head", "receipt", "request")


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeKeys:
    """The working keys of a running node; `sealing` by key id, several while old envelopes may still arrive."""

    head: SigningPair
    receipt: SigningPair
    request: SigningPair
    sealing: Mapping[bytes, SealingPair] = field(repr=False)


def make_working_secrets(randomness: Randomness) -> dict[str, bytes]:
    """Fresh seeds for every working key, by name."""
    secrets = {role: randomness.token(SIGNING_SEED) for role in SIGNING_ROLES}
    return {**secrets, "sealing.1": randomness.token(SEALING_SEED)}


def make_identity_secret(randomness: Randomness) -> dict[str, bytes]:
    """A fresh seed for the offline identity key."""
    return {"identity": randomness.token(SIGNING_SEED)}


def open_keys(secrets: Mapping[str, bytes]) -> NodeKeys:
    """The working keys from their seeds. Raises OperatorFault `key_file_incomplete`."""
    missing = [role for role in SIGNING_ROLES if role not in secrets]
    sealing = [SealingPair.from_seed(secrets[name]) for name in sorted(secrets) if name.startswith("sealing.")]
    if missing or not sealing:
        raise OperatorFault("key_file_incomplete", missing=" ".join([*missing, *([] if sealing else ["sealing"])]))
    signing = {role: SigningPair.from_seed(secrets[role]) for role in SIGNING_ROLES}
    return NodeKeys(
        head=signing["head"],
        receipt=signing["receipt"],
        request=signing["request"],
        sealing={bytes(pair.public.id): pair for pair in sealing},
    )


def open_identity(secrets: Mapping[str, bytes]) -> SigningPair:
    """The identity key from its seed. Raises OperatorFault `key_file_incomplete`."""
    if "identity" not in secrets:
        raise OperatorFault("key_file_incomplete", missing="identity")
    return SigningPair.from_seed(secrets["identity"])
