# SPDX-License-Identifier: EUPL-1.2
"""Days, hours and spans as an official writes them, with the months of Morocco and six Arabic plural forms."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from amana.phrases.dates import DAY, HOUR, MINUTE, day, hour, moment, span, zone_name


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


@pytest.mark.parametrize(
    ("language", "date", "said"),
    [
        ("ar", "2023-12-21", "21 دجنبر 2023"),
        ("ar", "2024-08-11", "11 غشت 2024"),
        ("ar", "2024-05-30", "30 ماي 2024"),
        ("ar", "2024-11-02", "2 نونبر 2024"),
        ("fr", "2001-05-01", "1er mai 2001"),
        ("fr", "2023-12-21", "21 décembre 2023"),
        ("en", "2023-12-21", "21 December 2023"),
    ],
)
def test_a_day(language: str, date: str, said: str) -> None:
    assert day(language, at(date)) == said.replace(" ", "\u00a0")


def test_an_hour_is_told_in_the_readers_zone() -> None:
    rabat = timezone(timedelta(hours=1))
    assert hour(at("2023-12-21T09:12")) == "09:12"
    assert hour(at("2023-12-21T09:12"), rabat) == "10:12"
    assert moment("ar", at("2023-12-21T23:30"), rabat) == "22\u00a0دجنبر\u00a02023، الساعة 00:30"
    assert zone_name(rabat, 0) == "UTC+01:00"
    assert zone_name(UTC, 0) == "UTC"


def test_no_zone_is_the_one_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "Europe/Paris")
    time.tzset()
    try:
        assert hour(at("2024-07-26T17:30"), None) == "19:30"
        assert hour(at("2023-12-21T17:30"), None) == "18:30"
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("millis", "en", "fr", "ar"),
    [
        (10, "less than a minute", "moins d’une minute", "أقل من دقيقة"),
        (MINUTE, "1 minute", "1 minute", "دقيقة واحدة"),
        (2 * MINUTE, "2 minutes", "2 minutes", "دقيقتين"),
        (3 * MINUTE, "3 minutes", "3 minutes", "3 دقائق"),
        (11 * MINUTE, "11 minutes", "11 minutes", "11 دقيقة"),
        (8 * HOUR, "8 hours", "8 heures", "8 ساعات"),
        (HOUR + 5 * MINUTE, "1 hour and 5 minutes", "1 heure et 5 minutes", "ساعة واحدة و5 دقائق"),
        (2 * DAY + 17 * HOUR + 5 * MINUTE, "2 days and 17 hours", "2 jours et 17 heures", "يومين و17 ساعة"),
        (100 * DAY, "100 days", "100 jours", "100 يوم"),
        (-3 * DAY, "3 days", "3 jours", "3 أيام"),
    ],
)
def test_a_span(millis: int, en: str, fr: str, ar: str) -> None:
    assert (span("en", millis), span("fr", millis), span("ar", millis)) == (en, fr, ar)
