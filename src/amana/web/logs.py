# SPDX-License-Identifier: EUPL-1.2
"""What libraries log of a request, without what was in it: a status, the kind of an error and the place in the program.

Their own lines hold addresses (what was searched for), host names that a stranger made up, accounts, and the texts of
errors, which may hold content. `route_logs` stands for all of them, so nothing else writes to standard error.
"""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from typing import Any

import structlog

LOG = structlog.get_logger("amana.pages")


class CodesOnly(logging.Handler):
    """Each record as one line of ours."""

    def emit(self, record: logging.LogRecord) -> None:
        """Say that it happened, where it was said, and no word of it."""
        facts: dict[str, Any] = {"source": record.name}
        status = getattr(record, "status_code", None)
        if isinstance(status, int):
            facts["status"] = status
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            LOG.warning("page failed", kind=type(error).__name__, where=_place(error), **facts)
        elif record.levelno >= logging.ERROR:
            LOG.warning("library reports", **facts)
        else:
            LOG.info("request not served" if status else "library reports", **facts)


def route_logs() -> None:
    """Take over what libraries log at warning or worse; again changes nothing."""
    root = logging.getLogger()
    if not any(isinstance(handler, CodesOnly) for handler in root.handlers):
        root.addHandler(CodesOnly(level=logging.WARNING))


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
