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
from amana.protocol.identifiers import Millis
from amana.protocol.signing import SigningPair

SIGNING_SEED = 64  # Ed25519 seed ‖ ML-DSA-44 seed (protocol.signing)
SEALING_SEED = 96  # ML-KEM-768 seed ‖ X25519 key (protocol.envelope)
SIGNING_ROLES = ("head", "receipt", "request")


SEALING_LIFE = 30 * 24 * 3_600_000  # ms; how long a sealing key is the current one
KEPT_AFTER = 14 * 24 * 3_600_000  # ms; design: old sealing keys are destroyed 14 days after replacement
UNTIL = ".until."


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeKeys:
    """The working keys of a running node; `sealing` by key id, several while old envelopes may still arrive.

    `sealing` is the one part that changes while a node runs: a new key comes in, expired ones go.
    """

    head: SigningPair
    receipt: SigningPair
    request: SigningPair
    sealing: dict[bytes, SealingPair] = field(repr=False)

    def replace_sealing(self, secrets: Mapping[str, bytes]) -> None:
        """Use the sealing keys of these secrets from now on."""
        pairs = _sealing_pairs(secrets)
        self.sealing.update(pairs)
        for id in self.sealing.keys() - pairs.keys():
            del self.sealing[id]


def make_working_secrets(randomness: Randomness) -> dict[str, bytes]:
    """Fresh seeds for every working key, by name."""
    secrets = {role: randomness.token(SIGNING_SEED) for role in SIGNING_ROLES}
    return {**secrets, "sealing.1": randomness.token(SEALING_SEED)}


def make_identity_secret(randomness: Randomness) -> dict[str, bytes]:
    """A fresh seed for the offline identity key."""
    return {"identity": randomness.token(SIGNING_SEED)}


def current_sealing(secrets: Mapping[str, bytes]) -> str:
    """The name of the current sealing key's secret. Raises OperatorFault `key_file_incomplete`."""
    names = [name for name in secrets if name.startswith("sealing.") and UNTIL not in name]
    if len(names) != 1:
        raise OperatorFault("key_file_incomplete", missing="sealing")
    return names[0]


def with_next_sealing(secrets: Mapping[str, bytes], seed: bytes, now: Millis) -> dict[str, bytes]:
    """The secrets with a new current sealing key; the one before is kept until KEPT_AFTER from now."""
    name = current_sealing(secrets)
    number = sealing_number(secrets)
    kept = {key: secret for key, secret in secrets.items() if key != name}
    return {**kept, f"{name}{UNTIL}{now + KEPT_AFTER}": secrets[name], f"sealing.{number + 1}": seed}


def without_expired(secrets: Mapping[str, bytes], now: Millis) -> dict[str, bytes]:
    """The secrets without the sealing keys whose time is over."""
    return {name: secret for name, secret in secrets.items() if UNTIL not in name or int(name.rsplit(".", 1)[1]) > now}


def sealing_number(secrets: Mapping[str, bytes]) -> int:
    """The number of the current sealing key; it rises for the node's whole life."""
    return int(current_sealing(secrets).split(".")[1])


def sealing_pair(secrets: Mapping[str, bytes]) -> SealingPair:
    """The current sealing pair."""
    return SealingPair.from_seed(secrets[current_sealing(secrets)])


def open_keys(secrets: Mapping[str, bytes]) -> NodeKeys:
    """The working keys from their seeds. Raises OperatorFault `key_file_incomplete`."""
    missing = [role for role in SIGNING_ROLES if role not in secrets]
    sealing = _sealing_pairs(secrets)
    if missing or not sealing:
        raise OperatorFault("key_file_incomplete", missing=" ".join([*missing, *([] if sealing else ["sealing"])]))
    signing = {role: SigningPair.from_seed(secrets[role]) for role in SIGNING_ROLES}
    return NodeKeys(
        head=signing["head"],
        receipt=signing["receipt"],
        request=signing["request"],
        sealing=sealing,
    )


def _sealing_pairs(secrets: Mapping[str, bytes]) -> dict[bytes, SealingPair]:
    pairs = [SealingPair.from_seed(secrets[name]) for name in sorted(secrets) if name.startswith("sealing.")]
    return {bytes(pair.public.id): pair for pair in pairs}


def open_identity(secrets: Mapping[str, bytes]) -> SigningPair:
    """The identity key from its seed. Raises OperatorFault `key_file_incomplete`."""
    if "identity" not in secrets:
        raise OperatorFault("key_file_incomplete", missing="identity")
    return SigningPair.from_seed(secrets["identity"])
