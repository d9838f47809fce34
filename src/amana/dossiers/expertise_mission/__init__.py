# SPDX-License-Identifier: EUPL-1.2
"""Missions of experts: asked or proposed, agreed, carried out, judged, followed up."""
