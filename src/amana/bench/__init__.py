# SPDX-License-Identifier: EUPL-1.2
"""The benchmarks users can run: each prints JSON with its own limit or peer measured in the same run."""
