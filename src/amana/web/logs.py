# SPDX-License-Identifier: EUPL-1.2
"""What libraries log of a request, without what was in it: a status, the kind of an error and the place in the program.

Their own lines hold addresses (what was searched for), host names that a stranger made up, accounts, and the texts of
errors, which may hold content. `route_logs` stands for all of them, so nothing else writes to standard error.
"""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

import structlog

LOG = structlog.get_logger("amana.pages")


class CodesOnly(logging.Handler):
    """Each record as one line of ours."""

    def emit(self, record: logging.LogRecord) -> None:
        """Say that it happened, where it was said, and no word of it."""
        said = getattr(record, "status_code", 0)
        status = said if isinstance(said, int) else 0
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            LOG.warning("page failed", error=type(error).__name__, where=_place(error), status=status)
        elif status:
            LOG.info("request not served", status=status)
        else:
            LOG.warning("library reports", kind=record.name)


def route_logs() -> None:
    """Take over what libraries log at warning or worse; again changes nothing."""
    root = logging.getLogger()
    if not any(isinstance(handler, CodesOnly) for handler in root.handlers):
        root.addHandler(CodesOnly(level=logging.WARNING))


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
