# SPDX-License-Identifier: EUPL-1.2
"""An exhibit of a joint operation and its chain of custody. Spec: spec/kinds/exhibit.md."""
