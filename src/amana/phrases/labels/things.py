# SPDX-License-Identifier: EUPL-1.2
"""The structured things an entry speaks of: types of items, their kinds and fields."""

from __future__ import annotations

from collections.abc import Mapping

ITEM_TYPE: Mapping[str, str] = {
    "person": "person",
    "document": "document",
    "vehicle": "vehicle",
    "phone": "phone",
    "account": "account",
    "place": "address or place",
    "vessel": "vessel",
    "organisation": "organisation",
    "event": "event",
    "cyber_observable": "network observable",
}

DOCUMENT_KIND: Mapping[str, str] = {
    "passport": "passport",
    "identity_card": "identity card",
    "residence_permit": "residence permit",
    "visa": "visa",
    "driving_licence": "driving licence",
    "vehicle_papers": "vehicle papers",
    "other": "other document",
}

ACCOUNT_KIND: Mapping[str, str] = {
    "bank": "bank account",
    "payment": "payment account",
    "virtual_asset": "virtual-asset account",
    "online": "online account",
}

OBSERVABLE_KIND: Mapping[str, str] = {
    "ipv4": "IPv4 address",
    "ipv6": "IPv6 address",
    "domain": "domain name",
    "url": "web address",
    "email": "e-mail address",
    "sha256": "SHA-256 fingerprint",
    "sha1": "SHA-1 fingerprint",
    "md5": "MD5 fingerprint",
    "asn": "autonomous system number",
    "mac": "MAC address",
}

SEX: Mapping[str, str] = {
    "F": "female",
    "M": "male",
    "X": "not specified",
}

ITEM_FIELD: Mapping[str, str] = {
    "sex": "sex",
    "born": "date of birth",
    "born_in": "place of birth",
    "names": "names",
    "aliases": "aliases",
    "nationalities": "nationalities",
    "remarks": "remarks",
    "kind": "kind",
    "number": "number",
    "issued_by": "issued by",
    "valid_until": "valid until",
    "make": "make",
    "color": "colour",
    "plate": "plate",
    "chassis": "chassis number",
    "country": "country",
    "imei": "IMEI",
    "imsi": "IMSI",
    "holder": "holder",
    "provider": "provider",
    "name": "name",
    "city": "town",
    "street": "street",
    "postal_code": "postal code",
    "latitude": "latitude",
    "longitude": "longitude",
    "imo": "IMO number",
    "mmsi": "MMSI",
    "flag": "flag",
    "registration": "registration",
    "place": "place",
    "begins": "begins",
    "ends": "ends",
    "seen": "seen",
    "value": "value",
}

PASSWORD_PROBLEM: Mapping[str, str] = {
    "password_missing": "Type the password in both fields.",
    "passwords_differ": "The two passwords differ. Type the same one twice.",
    "password_too_short": "The password is too short. Take at least twelve characters.",
    "password_too_common": "This password is among those that everybody tries. Take another one.",
    "password_entirely_numeric": "The password has digits only. Add letters.",
    "password_wrong": "That is not your password in use. Nothing was changed.",
    "code_wrong": "That was not the code your device shows now. Wait for the next one; nothing was changed.",
}

LABELS: Mapping[str, Mapping[str, str]] = {
    "password_problem": PASSWORD_PROBLEM,
    "item_type": ITEM_TYPE,
    "document_kind": DOCUMENT_KIND,
    "account_kind": ACCOUNT_KIND,
    "observable_kind": OBSERVABLE_KIND,
    "sex": SEX,
    "item_field": ITEM_FIELD,
}
