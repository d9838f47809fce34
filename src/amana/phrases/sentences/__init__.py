# SPDX-License-Identifier: EUPL-1.2
"""The English sentence of every code, by what it is about; the catalogues hold the others.

A sentence says the fact and what to do about it. Its places are facts that come with the code wherever it is raised.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from amana.phrases.sentences import of_acts, of_checks, of_entries, of_fields, of_machine, of_peers, of_texts


class About(StrEnum):
    """What a code is said of: the same word may be raised by several."""

    ACT = "act"  # what a person wanted to do
    FLOW = "flow"  # what is missing for a flow
    ENTRY = "entry"  # an entry that a rule of its dossier refuses
    WARNING = "warning"  # something to look at before going on
    MACHINE = "machine"  # this installation
    HEALTH = "health"  # a finding of the doctor's
    PEER = "peer"  # bytes from outside
    ARRIVAL = "arrival"  # how an entry was taken on arrival
    CHECK = "check"  # a finding of the verification


SENTENCES: Mapping[About, Mapping[str, str]] = MappingProxyType(
    {
        About.ACT: {**of_acts.ACT, **of_fields.ACT, **of_texts.ACT},
        About.FLOW: of_acts.FLOW,
        About.ENTRY: of_entries.ENTRY,
        About.WARNING: of_acts.WARNING,
        About.MACHINE: of_machine.MACHINE,
        About.HEALTH: of_machine.HEALTH,
        About.PEER: of_peers.PEER,
        About.ARRIVAL: of_entries.ARRIVAL,
        About.CHECK: of_checks.CHECK,
    }
)

FALLBACKS: Mapping[About, tuple[About, ...]] = MappingProxyType(
    {
        About.ACT: (About.FLOW, About.ENTRY, About.PEER),  # what a partner would not take, nobody may make here
        About.FLOW: (About.ACT,),
        About.ENTRY: (About.ARRIVAL,),
        About.HEALTH: (About.MACHINE, About.PEER),
        About.ARRIVAL: (About.ENTRY,),
        About.CHECK: (About.MACHINE, About.PEER),
    }
)
