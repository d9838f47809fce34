# SPDX-License-Identifier: EUPL-1.2
"""The four agencies of the scenario and their people, by post only; the names are the agencies' own.

Accounts are what `amana act --officer` takes. What arrives belongs to the unit `desk` until somebody assigns it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from amana.compose.config import UnitNames
from amana.protocol.identifiers import AgencyCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One local account: a post, no person."""

    account: str
    name: str
    role: str
    units: tuple[str, ...] = ()
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """One agency as the demonstration sets it up."""

    code: AgencyCode
    names: Mapping[str, str]  # ar, fr, en
    posts: tuple[Post, ...]
    zone: str  # where its people sit
    four_eyes: tuple[str, ...] = ()  # what a second person releases there


UNITS = {  # codes are the same at all four; each agency's card names it, these name what is inside
    "desk": UnitNames(ar="مكتب التعاون الأمني الدولي", fr="Bureau de la coopération internationale", en="International cooperation desk"),
    "drugs": UnitNames(ar="مصلحة مكافحة المخدرات", fr="Unité stupéfiants", en="Drugs unit"),
    "terrorism": UnitNames(ar="مصلحة مكافحة الإرهاب", fr="Unité antiterroriste", en="Counter-terrorism unit"),
}


def _moroccan(unit: str, account: str, desk: str) -> tuple[Post, ...]:
    """Four posts of a Moroccan agency; `desk` is the name of its specialised unit."""
    return (
        Post(account="liaison", name="المكلف بالملف، مكتب التعاون الأمني الدولي", role="desk", units=("desk",), language="ar"),
        Post(account=account, name=f"المكلف بالملف، {desk}", role="desk", units=(unit,), language="ar"),
        Post(account="chef", name="الرئيس المباشر، التعاون الأمني الدولي", role="supervisor", units=("desk", unit), language="ar"),
        Post(account="admin", name="مسؤول المنصة", role="administrator", language="ar"),
    )


def _french(unit: str, account: str, desk: str) -> tuple[Post, ...]:
    """Four posts of a French agency; `desk` is the name of its specialised unit."""
    return (
        Post(account="liaison", name="Chargé de dossier, coopération internationale", role="desk", units=("desk",), language="fr"),
        Post(account=account, name=f"Chargé de dossier, {desk}", role="desk", units=(unit,), language="fr"),
        Post(
            account="chef",
            name="Responsable hiérarchique, coopération internationale",
            role="supervisor",
            units=("desk", unit),
            language="fr",
        ),
        Post(account="admin", name="Administrateur de la plateforme", role="administrator", language="fr"),
    )


AGENCIES = (
    Agency(
        code=AgencyCode("ma.dgsn"),
        names={
            "ar": "المديرية العامة للأمن الوطني",
            "fr": "Direction générale de la Sûreté nationale",
            "en": "General Directorate of National Security",
        },
        posts=_moroccan("drugs", "stups", "مصلحة مكافحة المخدرات"),
        zone="Africa/Casablanca",
        four_eyes=("information_request.notice",),
    ),
    Agency(
        code=AgencyCode("ma.dgst"),
        names={
            "ar": "المديرية العامة لمراقبة التراب الوطني",
            "fr": "Direction générale de la Surveillance du territoire",
            "en": "General Directorate of Territorial Surveillance",
        },
        posts=_moroccan("terrorism", "terro", "مصلحة مكافحة الإرهاب"),
        zone="Africa/Casablanca",
    ),
    Agency(
        code=AgencyCode("fr.dgpn"),
        names={
            "ar": "المديرية العامة للشرطة الوطنية الفرنسية",
            "fr": "Direction générale de la Police nationale",
            "en": "General Directorate of the French National Police",
        },
        posts=_french("drugs", "stups", "lutte contre les stupéfiants"),
        zone="Europe/Paris",
        four_eyes=("information_request.refuse",),
    ),
    Agency(
        code=AgencyCode("fr.dgsi"),
        names={
            "ar": "المديرية العامة للأمن الداخلي الفرنسية",
            "fr": "Direction générale de la Sécurité intérieure",
            "en": "French General Directorate for Internal Security",
        },
        posts=_french("terrorism", "terro", "lutte contre le terrorisme"),
        zone="Europe/Paris",
        four_eyes=("information_request.request",),
    ),
)
