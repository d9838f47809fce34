# SPDX-License-Identifier: EUPL-1.2
"""The journal in SQLite. Django's models and migrations are the schema; the journal itself speaks plain SQL to it.

Import `amana.storage.orm.journal` for the journal and `amana.storage.orm.schema` to create or migrate a database;
`amana.storage.orm.models` only once Django is configured. Tables: docs/develop/journal.md.
"""
