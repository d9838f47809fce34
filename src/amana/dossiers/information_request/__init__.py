# SPDX-License-Identifier: EUPL-1.2
"""Information requests and notices: what one agency asks or tells another. Spec: spec/kinds/information_request.md."""
