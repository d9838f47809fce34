# SPDX-License-Identifier: EUPL-1.2
"""The pages in which officers spend their day: Django views and templates over the node's own actions and queries."""
