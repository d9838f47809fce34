# SPDX-License-Identifier: EUPL-1.2
"""What every test shares: the Hypothesis profiles, Django made ready once with the pages, and the rule that a browser
test may not be skipped in CI.

Django's settings are set once in a process; a node with pages and a bare journal live side by side in tests only if the
pages came first.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from amana.web.assets import find_assets
from amana.web.settings import PagesSettings, configure

settings.register_profile("usual", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("AMANA_HYPOTHESIS", "usual"))

_NOWHERE = Path(tempfile.mkdtemp(prefix="amana-tests-"))
atexit.register(shutil.rmtree, _NOWHERE, ignore_errors=True)
_ASSETS = find_assets()
configure(
    PagesSettings(database=_NOWHERE / "desk.db", secret="tests" * 10, cookie="tests", static=_ASSETS.static, generated=_ASSETS.generated)
)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped browser test into a failure where AMANA_REQUIRE_BROWSER=1."""
    report = yield
    if report.skipped and os.environ.get("AMANA_REQUIRE_BROWSER") == "1" and item.get_closest_marker("browser"):
        report.outcome = "failed"
    return report
