# SPDX-License-Identifier: EUPL-1.2
"""Dossiers and inboxes as readable text: what queries give as plain values becomes lines in the reader's language."""
