# SPDX-License-Identifier: EUPL-1.2
"""The identifiers of the protocol: each a type of its own, so that swapped arguments are type errors.

Field aliases (`…Field`) carry the bounds that the strict decoder enforces. Spec: spec/01-encoding.md.
"""

from __future__ import annotations

import re
from typing import Annotated, NewType

from msgspec import Meta

from amana.protocol.errors import PeerFault

AgencyCode = NewType("AgencyCode", str)
EntryId = NewType("EntryId", bytes)  # SHA-256, 32 bytes
DossierId = NewType("DossierId", bytes)  # the id of the opening entry
Millis = NewType("Millis", int)  # UTC milliseconds since 1970
Seconds = NewType("Seconds", int)  # POSIX seconds
Digest = NewType("Digest", bytes)  # SHA-256, 32 bytes

CODE_PATTERN = r"^[a-z0-9]+(\.[a-z0-9]+)*\Z"  # \Z: the dollar sign would let a line feed pass at the end
HANDLE_BYTES = 16
NONCE_BYTES = 16

AgencyCodeField = Annotated[AgencyCode, Meta(min_length=1, max_length=32, pattern=CODE_PATTERN)]
EntryIdField = Annotated[EntryId, Meta(min_length=32, max_length=32)]
DigestField = Annotated[Digest, Meta(min_length=32, max_length=32)]
NonceField = Annotated[bytes, Meta(min_length=NONCE_BYTES, max_length=NONCE_BYTES)]
MillisField = Annotated[Millis, Meta(ge=0, lt=2**53)]
EffectiveField = Annotated[Millis, Meta(ge=0, lt=2**62)]  # a place in an order: it may lie beyond every time that can be said
SecondsField = Annotated[Seconds, Meta(ge=0, lt=2**53)]
SizeField = Annotated[int, Meta(ge=0, lt=2**53)]
NumberField = Annotated[int, Meta(ge=1, lt=2**31)]
CodeField = Annotated[str, Meta(min_length=1, max_length=48, pattern=r"^[a-z0-9_]+\Z")]

_CODE = re.compile(CODE_PATTERN)


def parse_agency_code(text: str) -> AgencyCode:
    """`text` as an agency code: a-z, 0-9 and dots, at most 32 bytes. Raises PeerFault `bad_agency_code`."""
    if len(text) > 32 or _CODE.fullmatch(text) is None:
        raise PeerFault("bad_agency_code", got=len(text))
    return AgencyCode(text)
