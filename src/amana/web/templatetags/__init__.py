# SPDX-License-Identifier: EUPL-1.2
"""What templates can say: sentences, names of coded values, dates, codes and icons."""
