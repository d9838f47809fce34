# SPDX-License-Identifier: EUPL-1.2
"""Entries that a confirmed partner signs and seals properly, and whose every inner field is what a malicious mind fills in.

Types are those of the wire, so that as much as possible is understood, folded and acted upon; now and then bytes take
the place of a field's content. All from one seed: a failure can be played again.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import cbor2

from amana.dossiers.fold import Cursor, Folding
from amana.dossiers.registry import KINDS
from amana.dossiers.shared.items import ITEM_TYPES
from amana.node.folding import partnership_home
from amana.node.ports import DossierRow, EntryRow, Reading
from amana.protocol.canonical import encode, parse
from amana.protocol.entry import Attachment, Body, Header, Item, body_commitment, entry_id
from amana.protocol.envelope import Slot, Void
from amana.protocol.identifiers import AgencyCode, Digest, EntryId, Millis
from amana.protocol.marking import HandlingCode, ItemCategory, LegalBasis, Level, Marking, Purpose, Tlp
from tests.attacks.shapes import invent
from tests.dossiers.invention import invent_coded
from tests.node.hostile import Forge

LAST = 2**53 - 1
NOBODY = AgencyCode("es.cnp")


class Inventor:
    """What one villain says to its victim, from a seed."""

    def __init__(self, f: Forge, seed: int) -> None:
        self.f = f
        self.rng = random.Random(seed)
        self.parties = [f.villain.code, f.victim.code, *(code for code in f.made.agencies if code not in (f.villain.code, f.victim.code))]
        self.learn()
        self.bases = [f.opening().marking.basis, None]

    def slots(self, count: int) -> list[Slot]:
        """Some entries for one step, by what the victim holds now."""
        self.learn()
        return [self.slot() for _ in range(count)]

    def learn(self) -> None:
        """Look into the victim's journal, so that most of what is said next fits."""

        def ask(reading: Reading) -> tuple[list[EntryRow], list[DossierRow]]:
            return [row for _, row in reading.entries_by_arrival(0, 100_000)], reading.dossiers()

        rows, dossiers = self.f.victim.journal.read(ask)
        strange = [partnership_home(self.f.villain.code, self.f.victim.code), bytes(32), b"\xff" * 32]
        self.ids: list[EntryId] = [row.id for row in rows if row.effective] + [EntryId(id) for id in strange]
        self.waiting = [row.id for row in rows if row.outcome == "waiting"]
        self.dossiers: list[bytes] = [*(row.id for row in dossiers if row.kind != "partnership"), *[self.f.dossier] * 4]
        self.tips: dict[tuple[bytes, tuple[AgencyCode, ...]], EntryId] = {}
        self.openings: dict[bytes, tuple[str, tuple[AgencyCode, ...]]] = {}
        for row in dossiers:
            folding = Folding.resume(parse(row.cursor, Cursor))
            home = b"partnership" if row.kind == "partnership" else row.id
            if row.kind in KINDS:
                self.openings[home] = row.kind, tuple(party for party in row.parties if party != self.f.villain.code)
            for (author, audience), (tip, _) in folding.tips.items():
                if author == self.f.villain.code:
                    self.tips[home, audience] = tip

    def slot(self) -> Slot:
        """One entry."""
        body = self.body()
        header = self.header(body)
        if self.rng.random() < 0.06:
            header = self.spoilt(header)
        id = entry_id(header)
        self.ids.append(id)
        if self.rng.random() < 0.1:
            return Slot(header_bytes=header, void=self.rng.choice([Void.ERASED, Void.RECALLED, Void.LOST]))
        return Slot(header_bytes=header, body_bytes=body)

    def header(self, body: bytes) -> bytes:
        """A header of the wire's own types."""
        rng = self.rng
        kind = rng.choice([*KINDS, *KINDS, *KINDS, *KINDS, "unheard_of"])
        known = KINDS.get(kind)
        type = rng.choice([*known.entry_types, "unheard_of"]) if known else "unheard_of"
        opens = known is not None and type in known.entry_types and known.entry_types[type].opens
        audience = self.audience(kind)
        dossier = b"" if kind == "partnership" or (opens and rng.random() < 0.9) else rng.choice(self.dossiers)
        if dossier and rng.random() < 0.9 and dossier in self.openings:
            kind, audience = self.openings[dossier]
            type = rng.choice(list(KINDS[kind].entry_types))
        strand = (dossier or kind.encode(), audience)
        said = self.coded(kind, type)
        previous = self.tips.get(strand, b"") if rng.random() < 0.9 else rng.choice([b"", *self.ids])
        header = encode(
            Header(
                run=rng.choice([1] * 20 + [2, 2**31 - 1]),
                body=body_commitment(body),
                kind=kind,
                type=type,
                after=tuple(sorted({*self.some(), *self.named(said)} - {EntryId(previous), EntryId(dossier)}))[:64],
                coded=said,
                nonce=rng.randbytes(16),
                rules=rng.choice([1 if not dossier and kind != "partnership" else 0, rng.choice([0, 1, 2, 65_535])]),
                author=rng.choice([self.f.villain.code] * 12 + self.parties),
                format=rng.choice([1] * 30 + [2, 65_535]),
                dossier=dossier,
                made_at=Millis(rng.choice([self.f.made.timeline.now] * 6 + [0, 1, LAST, LAST - 1, 2**52, rng.randrange(2**53)])),
                marking=self.marking(),
                audience=audience,
                previous=previous,
            )
        )
        if rng.random() < 0.8:
            self.tips[strand] = entry_id(header)
        if not dossier:
            self.dossiers.append(entry_id(header))
            self.tips[entry_id(header), audience] = entry_id(header)
            if opens:
                self.openings[entry_id(header)] = kind, audience
        return header

    def some(self) -> list[EntryId]:
        """Entries to come after: mostly none."""
        known = self.rng.sample(self.ids, min(len(self.ids), self.rng.choice([0] * 9 + [1, 3, 60])))
        return known if self.rng.random() < 0.9 else [*known, *self.waiting[:3], EntryId(self.rng.randbytes(32))]

    def named(self, coded: bytes) -> list[EntryId]:
        """Every known id inside these bytes, so that what they name is an ancestor."""
        return [id for id in self.ids if coded.find(id) >= 0] if self.rng.random() < 0.9 else []

    def audience(self, kind: str) -> tuple[AgencyCode, ...]:
        others = self.parties[1:]
        if kind == "partnership" or self.rng.random() < 0.5:
            return (others[0],)
        if self.rng.random() < 0.8:
            return tuple(sorted(others))
        made_up = [AgencyCode(f"zz.{number}") for number in range(self.rng.choice([1, 2, 40, 62]))]
        return tuple(sorted({*self.rng.sample([*others, NOBODY, self.parties[0]], self.rng.randint(1, 3)), *made_up}))

    def coded(self, kind: str, type: str) -> bytes:
        known = KINDS.get(kind)
        if known is None or type not in known.entry_types or self.rng.random() < 0.08:
            return self.garbage()
        shape = known.entry_types[type].coded
        if self.rng.random() < 0.3:
            return encode(invent(self.rng, shape, self.ids))
        return encode(invent_coded(self.rng, shape, self.ids, self.parties))

    def marking(self) -> Marking:
        rng = self.rng
        basis = rng.choice(
            [*self.bases, *self.bases, LegalBasis(article=rng.choice(["", "1", "é" * 32]), agreement=bytes(rng.choice(self.ids)))]
        )
        return Marking(
            tlp=rng.choice(list(Tlp)),
            basis=basis,
            codes=tuple(sorted(rng.sample(list(HandlingCode), rng.randint(0, 4)))),
            level=rng.choice([Level.UNMARKED] * 6 + list(Level)),
            purpose=rng.choice(list(Purpose)),
            erase_on=Millis(rng.choice([0, 1, LAST])),
            national=rng.choice(["", "X" * 48, "\u202e\x1b[31m"]),
            review_on=Millis(rng.choice([0, 1, LAST])),
        )

    def body(self) -> bytes:
        rng = self.rng
        if rng.random() < 0.08:
            return self.garbage() or b"\xff"
        items = tuple(self.item() for _ in range(rng.choice([0, 0, 1, 3, 40])))
        file = Attachment(
            key=bytes(32), name="../../etc/passwd", size=rng.choice([0, 10 * 1024 * 1024]), type="a/b", sha256=Digest(bytes(32))
        )
        return encode(
            Body(
                text=rng.choice(["", "De plus.", "\x00\x1b]0;x\x07\u202e" * 20, "\U0010ffff" * 1000]),
                items=items,
                nonce=rng.randbytes(16),
                title=rng.choice(["", "Titre", "\x9b31m\u2066" * 10]),
                detail=rng.choice([b"", self.garbage()]),
                handle=rng.choice([b"", rng.randbytes(16), b"\x01"]),
                language=rng.choice(["", "fr", "ar"]),
                attachments=rng.choice([(), (file,) * 20]),
            )
        )

    def item(self) -> Item:
        rng = self.rng
        type = rng.choice([*ITEM_TYPES, "unheard_of"])
        shape = ITEM_TYPES.get(type)
        value = encode(invent(rng, shape, self.ids)) if shape is not None and rng.random() < 0.85 else self.garbage()
        return Item(
            type=type, value=value, category=rng.choice(list(ItemCategory)), grade=rng.choice(["", "A1", "X4"]), minor=rng.random() < 0.5
        )

    def spoilt(self, header: bytes) -> bytes:
        """A header with one member of another type, left out, or one too many; or some bytes changed."""
        rng = self.rng
        if rng.random() < 0.3:
            at = rng.randrange(60, len(header))  # behind the commitment to the body, which a step must keep
            return header[:at] + rng.randbytes(rng.randint(0, 3)) + header[at + 1 :]
        loose = cbor2.loads(header)
        name = rng.choice(list(loose)[2:])
        change: Callable[[], object] = rng.choice(
            [self._nothing, self._nested, lambda: -1, lambda: 2**64 - 1, lambda: "é" * 100, lambda: 1.5]
        )
        value = change()
        if value is None:
            del loose[name]
        else:
            loose[name] = value
        return cbor2.dumps(loose, canonical=rng.random() < 0.8)

    def _nothing(self) -> None:
        return None

    def _nested(self) -> object:
        value: object = 0
        for _ in range(self.rng.choice([1, 50, 399])):
            value = [value] if self.rng.random() < 0.5 else {"a": value}
        return value

    def garbage(self) -> bytes:
        rng = self.rng
        choices: Sequence[bytes] = (
            b"",
            b"\xa0",
            b"\x80",
            b"\xff",
            b"\xf6",
            b"\xd8\x23\x61(",
            rng.randbytes(rng.randint(1, 200)),
            cbor2.dumps({"a" * 40: [b"", {}, [[]], 2**70, -5, 1e300, None, True]}),
            b"\x81" * 300 + b"\x00",
            b"\x5b" + b"\xff" * 8,
        )
        return rng.choice(choices)
