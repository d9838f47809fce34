# SPDX-License-Identifier: EUPL-1.2
"""What a cooperation centre issues: situation reports, briefings, the closing report."""
