# SPDX-License-Identifier: EUPL-1.2
"""What people type: one module per command, all with `--json` and `--lang`, exit codes 0, 1 and 2 (see `replying`)."""
