# SPDX-License-Identifier: EUPL-1.2
"""Search over what one may see, and the index that it asks."""
