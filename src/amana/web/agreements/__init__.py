# SPDX-License-Identifier: EUPL-1.2
"""Agreements: what cooperation rests on; read by every officer, said by supervisors."""
