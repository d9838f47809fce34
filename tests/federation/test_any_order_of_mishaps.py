# SPDX-License-Identifier: EUPL-1.2
"""Whatever is lost, doubled, delayed, corrupted or crashed, in any order: the promises hold at every step, and at rest
all nodes have come to one truth. A state machine over the simulation; the watch on the wires checks every message.
"""

from __future__ import annotations

from typing import Any

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from amana.node.ports import Reading
from amana.protocol.attachment import CHUNK
from amana.protocol.checkpoint import Origin, parse_origin
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId
from amana.simulation.crashes import POINTS, Crash
from amana.simulation.wires import Fate
from tests.federation.acts import PARIS, RABAT, TEMARA, allied, ask, require_at_rest, say
from tests.node.attachments.files import attached

CODES = (RABAT, TEMARA, PARIS)
codes = st.sampled_from(CODES)
WORDS: dict[str, dict[str, Any]] = {
    "acknowledge": {},
    "progress": {"coded": {"expected": 0}},
    "supplement": {"text": "De plus."},
    "part_answer": {"text": "En partie."},
    "answer": {"text": "Voilà."},
    "withdraw": {"coded": {"code": "no_longer_needed"}},
    "reminder": {},
}


class Mishaps(RuleBasedStateMachine):
    """Three agencies under one agreement."""

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed: int) -> None:
        self.made = allied(*CODES, seed=seed)
        self.dossiers: list[DossierId] = []
        self.backups = {code: self.made.checkpoint(code) for code in CODES}

    @rule(asker=codes, both=st.booleans())
    def somebody_asks(self, asker: str, both: bool) -> None:
        asked = [code for code in CODES if code != asker]
        try:
            self.dossiers.append(ask(self.made, asker, *(asked if both else asked[:1])))
        except Crash:
            return

    @precondition(lambda self: self.dossiers)
    @rule(author=codes, which=st.integers(0, 1000), word=st.sampled_from(sorted(WORDS)))
    def somebody_says_more(self, author: str, which: int, word: str) -> None:
        dossier = self.dossiers[which % len(self.dossiers)]
        try:
            say(self.made, author, f"information_request.{word}", dossier, **WORDS[word])
        except (Refusal, Crash):
            return

    @precondition(lambda self: self.dossiers)
    @rule(author=codes, which=st.integers(0, 1000), size=st.sampled_from([0, 9, CHUNK, CHUNK + 1, 3 * CHUNK]))
    def somebody_sends_a_file(self, author: str, which: int, size: int) -> None:
        dossier = self.dossiers[which % len(self.dossiers)]
        try:
            say(self.made, author, "information_request.supplement", dossier, attachments=[attached("a.txt", b"a" * size)])
        except (Refusal, Crash):
            return

    @rule(sender=codes, receiver=codes, fate=st.sampled_from(Fate))
    def two_exchange_files(self, sender: str, receiver: str, fate: Fate) -> None:
        if sender != receiver:
            self.made.exchange_attachments(sender, receiver, fate=fate)

    @rule(sender=codes, receiver=codes, fate=st.sampled_from(Fate))
    def two_exchange(self, sender: str, receiver: str, fate: Fate) -> None:
        if sender != receiver:
            self.made.exchange(sender, receiver, fate=fate)

    @rule(code=codes)
    def one_crashes_now(self, code: str) -> None:
        self.made.crash(code)

    @rule(code=codes, point=st.sampled_from(POINTS), passes=st.integers(0, 2))
    def one_will_crash(self, code: str, point: str, passes: int) -> None:
        self.made.crash(code, at=point, passes=passes)

    @rule(by=st.sampled_from([100, 61_000, 6 * 60_000]))
    def time_passes(self, by: int) -> None:
        self.made.advance(by)

    @rule(code=codes)
    def one_is_cut_off(self, code: str) -> None:
        self.made.partition({code}, set(CODES) - {code})

    @rule()
    def the_wires_work_again(self) -> None:
        self.made.heal()

    @rule()
    def all_comes_to_rest(self) -> None:
        self.made.heal()
        self.made.settle()

    @rule(code=codes)
    def one_is_backed_up(self, code: str) -> None:
        self.backups[code] = self.made.checkpoint(code)

    @rule(code=codes)
    def one_is_restored(self, code: str) -> None:
        """Where its partners hold all that it signed, and are not themselves about to get their own back from it;
        else a log ends, which is another test's story.
        """
        signed = {origin: size for agency in self.made.agencies.values() for origin, (size, _) in agency.fence.levels().items()}
        for origin, size in signed.items():
            author, receiver = parse_origin(origin).author, parse_origin(origin).to
            if self.size_at(author, origin) < size or (author == code and self.size_at(receiver, origin) < size):
                return
        self.made.restore(code, self.backups[code])

    def size_at(self, code: str, origin: Origin) -> int:
        log = self.made[code].journal.read(lambda reading: reading.log(origin))
        return log.size if log else 0

    @invariant()
    def every_signed_head_is_the_only_one_of_its_size(self) -> None:
        """What journals and fences hold agrees with what was seen on the wires, at every node."""
        if not hasattr(self, "made"):
            return
        for agency in self.made.agencies.values():
            for origin, (size, root) in agency.fence.levels().items():
                assert self.made.watch.roots.get((origin, size), root) == root

            def ask_all(reading: Reading) -> None:
                for log in reading.logs():
                    assert log.receipted <= log.size
                    for step in reading.steps(log.origin):
                        ids = reading.positions(log.origin, step.old_size, step.size)
                        assert len(ids) == step.size - step.old_size
                        assert reading.present(ids) == set(ids)
                        assert step.receipt or (log.outgoing and step.size > log.receipted)

            agency.journal.read(ask_all)

    def teardown(self) -> None:
        if not hasattr(self, "made"):
            return
        self.made.heal()
        self.made.settle()
        require_at_rest(self.made)


USUAL = settings.get_profile(settings.get_current_profile_name())
Mishaps.TestCase.settings = settings(max_examples=USUAL.max_examples // 2, stateful_step_count=40)
TestMishaps = Mishaps.TestCase
