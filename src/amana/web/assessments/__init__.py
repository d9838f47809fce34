# SPDX-License-Identifier: EUPL-1.2
"""Pages of threat assessments: the list by area with its validity, one assessment passage by passage, its print."""
