# SPDX-License-Identifier: EUPL-1.2
"""`amana.node.ports.Fence` in memory, with the same rule as the file: a log's size never goes down."""

from __future__ import annotations

from collections.abc import Mapping

from amana.protocol.checkpoint import Origin
from amana.protocol.errors import OperatorFault
from amana.protocol.identifiers import Digest


class MemoryFence:
    """The last signed size and root of each outgoing log, for simulations."""

    def __init__(self) -> None:
        self._levels: dict[Origin, tuple[int, Digest]] = {}

    def levels(self) -> Mapping[Origin, tuple[int, Digest]]:
        """A copy of what was reached."""
        return dict(self._levels)

    def advance(self, origin: Origin, size: int, root: Digest) -> None:
        """Note a signed head. Raises OperatorFault `fence_backwards`, `fence_second_root`."""
        reached, known = self._levels.get(origin, (0, root))
        if size < reached:
            raise OperatorFault("fence_backwards", log=origin, reached=reached, got=size)
        if size == reached and known != root:
            raise OperatorFault("fence_second_root", log=origin, size=size)
        self._levels[origin] = (size, root)
