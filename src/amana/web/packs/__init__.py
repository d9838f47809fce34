# SPDX-License-Identifier: EUPL-1.2
"""Packs at the desk: making one of a case, bringing one in, reading what it holds."""
