# SPDX-License-Identifier: EUPL-1.2
"""The journal's tables as Django models: the one source of the schema, and what pages read.

Nothing writes through these models: the journal owns every write (docs/decisions/0003-one-writer-group-commit.md).
Links to entries and origins are integers without a constraint in the database: the writer looks every one up in the
same transaction, so a constraint would only be paid for twice. Which columns are derived: docs/develop/journal.md.
"""

from __future__ import annotations

from django.db import models

CODE = 48  # bytes at most of a kind, type, outcome or stage (amana.protocol.identifiers.CodeField)
AGENCY = 32  # bytes at most of an agency code
ORIGIN = 100  # two agency codes, "/amana/" and a run
ID = 32  # bytes of an entry or dossier id


class Entry(models.Model):
    """One entry without its body; numbered 1, 2, … as it came. `effective` and `outcome` are derived."""

    arrival = models.IntegerField(primary_key=True)
    id = models.BinaryField(max_length=ID, unique=True)
    dossier = models.BinaryField(max_length=ID)
    kind = models.CharField(max_length=CODE)
    type = models.CharField(max_length=CODE)
    author = models.CharField(max_length=AGENCY)
    void = models.CharField(max_length=CODE)
    made_at = models.BigIntegerField()
    arrived_at = models.BigIntegerField()
    effective = models.BigIntegerField()
    outcome = models.CharField(max_length=CODE)
    header = models.BinaryField()

    class Meta:
        db_table = "entry"
        indexes = (
            models.Index("dossier", "effective", "id", name="entry_order", condition=models.Q(effective__gt=0)),
            models.Index("dossier", name="entry_waiting", condition=models.Q(outcome="waiting")),
        )


class Body(models.Model):
    """An entry's body, apart, so that headers are read alone. Rows are appended and overwritten, never moved."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, db_constraint=False)
    content = models.BinaryField()

    class Meta:
        db_table = "body"


class File(models.Model):
    """An attachment of which chunks are here: of an entry, or staged under a token until it is sent."""

    number = models.IntegerField(primary_key=True)
    owner = models.BinaryField(max_length=ID)
    place = models.IntegerField()

    class Meta:
        db_table = "file"
        constraints = (models.UniqueConstraint("owner", "place", name="file_owner"),)


class Chunk(models.Model):
    """One sealed chunk of an attachment. Rows are appended, overwritten with zeros and only then removed."""

    pk = models.CompositePrimaryKey("file_id", "number")
    file = models.ForeignKey(File, models.PROTECT, db_constraint=False, db_index=False)
    number = models.IntegerField()
    content = models.BinaryField()

    class Meta:
        db_table = "chunk"


class Origin(models.Model):
    """A log's name, given a small number for the tables below."""

    number = models.IntegerField(primary_key=True)
    name = models.CharField(max_length=ORIGIN, unique=True)

    class Meta:
        db_table = "origin"


class Log(models.Model):
    """One direction of one run between two agencies, as far as this node has signed or cosigned it."""

    origin = models.OneToOneField(Origin, models.PROTECT, primary_key=True, db_constraint=False)
    partner = models.CharField(max_length=AGENCY)
    outgoing = models.BooleanField()
    size = models.BigIntegerField()
    frontier = models.BinaryField()
    receipted = models.BigIntegerField()

    class Meta:
        db_table = "log"


class Position(models.Model):
    """Which entry stands at a position of a log. Kept in key order, without a row number."""

    pk = models.CompositePrimaryKey("origin_id", "number")
    origin = models.ForeignKey(Origin, models.PROTECT, db_constraint=False, db_index=False)
    number = models.BigIntegerField()
    entry = models.ForeignKey(Entry, models.PROTECT, db_constraint=False, db_index=False)

    class Meta:
        db_table = "position"
        indexes = (models.Index("entry", name="position_entry"),)


class Step(models.Model):
    """One signed advance of a log; the key allows one head, hence one root, per size."""

    pk = models.CompositePrimaryKey("origin_id", "size")
    origin = models.ForeignKey(Origin, models.PROTECT, db_constraint=False, db_index=False)
    size = models.BigIntegerField()
    old_size = models.BigIntegerField()
    old_root = models.BinaryField(max_length=ID)
    head = models.BinaryField()
    card = models.IntegerField()
    receipt = models.BinaryField()
    receipt_card = models.IntegerField()
    at = models.BigIntegerField()

    class Meta:
        db_table = "step"


class Queue(models.Model):
    """Derived: an entry that waits for a step to one partner. Numbers are not used twice until a rebuild."""

    seq = models.BigAutoField(primary_key=True)
    partner = models.CharField(max_length=AGENCY)
    entry = models.BinaryField(max_length=ID)
    control = models.BooleanField()

    class Meta:
        db_table = "queue"
        indexes = (models.Index("partner", name="queue_partner"),)


class Waiting(models.Model):
    """Derived: an entry that waits for an ancestor that is not here."""

    pk = models.CompositePrimaryKey("missing", "entry")
    missing = models.BinaryField(max_length=ID)
    entry = models.BinaryField(max_length=ID)

    class Meta:
        db_table = "waiting"
        indexes = (models.Index("entry", name="waiting_entry"),)


class Dossier(models.Model):
    """Derived: a dossier after its last entry in order, with the coded columns that lists need."""

    id = models.BinaryField(max_length=ID, primary_key=True)
    kind = models.CharField(max_length=CODE)
    cursor = models.BinaryField()
    count = models.BigIntegerField()
    last_effective = models.BigIntegerField()
    last_id = models.BinaryField(max_length=ID)
    parties = models.TextField()  # agency codes, a space between two
    stage = models.CharField(max_length=CODE)
    area = models.CharField(max_length=CODE)
    urgency = models.CharField(max_length=CODE)
    turn = models.TextField()  # agency codes, a space between two
    due = models.BigIntegerField()
    closed = models.BooleanField()
    opened_at = models.BigIntegerField()
    changed_at = models.BigIntegerField()
    within = models.BinaryField(max_length=ID, default=b"")

    class Meta:
        db_table = "dossier"
        indexes = (models.Index("within", "kind", name="dossier_within"),)


class Snapshot(models.Model):
    """Derived: a fold's cursor kept on the way, so that a late entry rewinds only so far."""

    pk = models.CompositePrimaryKey("dossier", "effective", "id")
    dossier = models.BinaryField(max_length=ID)
    effective = models.BigIntegerField()
    id = models.BinaryField(max_length=ID)
    cursor = models.BinaryField()

    class Meta:
        db_table = "snapshot"


class Local(models.Model):
    """What happened on this node alone, chained. An erased content is zeros; its digest stays."""

    seq = models.IntegerField(primary_key=True)
    at = models.BigIntegerField()
    type = models.CharField(max_length=CODE)
    officer = models.CharField(max_length=AGENCY)
    dossier = models.BinaryField(max_length=ID)
    digest = models.BinaryField(max_length=ID)
    chain = models.BinaryField(max_length=ID)
    erased = models.BooleanField()
    content = models.BinaryField()

    class Meta:
        db_table = "local"
        indexes = (models.Index("dossier", name="local_dossier"),)


class Record(models.Model):
    """Derived: the current value of something local, by kind and key."""

    pk = models.CompositePrimaryKey("kind", "key")
    kind = models.CharField(max_length=CODE)
    key = models.BinaryField()
    value = models.BinaryField()

    class Meta:
        db_table = "record"
