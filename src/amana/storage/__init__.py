# SPDX-License-Identifier: EUPL-1.2
"""Where a node keeps things: journal in memory or in SQLite, fence file, sealed key file, lock on the directory.

Everything here implements `amana.node.ports` or guards a file; no rule of the exchange lives here.
How the tables are shaped and written: docs/develop/journal.md.
"""
