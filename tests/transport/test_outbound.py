# SPDX-License-Identifier: EUPL-1.2
"""The pauses between tries towards a partner that is away: soon at first, never more than half a minute."""

from __future__ import annotations

import pytest

from amana.transport.outbound import POLL_SECONDS, RETRY_CAP_SECONDS, RETRY_FIRST_SECONDS, decide_delay


@pytest.mark.parametrize(
    ("failures", "jitter", "seconds"),
    [
        (1, 0.0, 0.25),
        (1, 1.0, 0.5),
        (2, 1.0, 1.0),
        (3, 0.5, 1.5),
        (6, 1.0, 16.0),
        (7, 1.0, 30.0),
        (7, 0.0, 15.0),
        (1_000_000, 1.0, 30.0),
    ],
)
def test_tries_back_off_to_the_cap(failures: int, jitter: float, seconds: float) -> None:
    assert decide_delay(failures, jitter) == seconds


def test_no_pause_passes_the_cap_or_gets_shorter_with_failures() -> None:
    for jitter in (0.0, 0.3, 1.0):
        pauses = [decide_delay(failures, jitter) for failures in range(1, 60)]
        assert pauses == sorted(pauses)
        assert pauses[0] <= RETRY_FIRST_SECONDS
        assert max(pauses) <= RETRY_CAP_SECONDS == 30.0


def test_without_failures_the_partner_is_asked_now_and_then() -> None:
    assert decide_delay(0, 0.7) == POLL_SECONDS
