# SPDX-License-Identifier: EUPL-1.2
"""Log lines go to standard error, never to standard output; they hold codes and counts, no content and no names."""

from __future__ import annotations

import logging
import sys

import structlog


def configure_logs(*, verbose: bool, as_json: bool = False) -> None:
    """Set up log lines for this process: warnings and worse, or everything from information on."""
    render = structlog.processors.JSONRenderer() if as_json else structlog.processors.LogfmtRenderer(bool_as_flag=False)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO if verbose else logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
