# SPDX-License-Identifier: EUPL-1.2
"""Short acts that any list or dossier opens in a dialog: assign, hand over, note, remind."""
