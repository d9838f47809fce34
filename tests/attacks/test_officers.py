# SPDX-License-Identifier: EUPL-1.2
"""Officers who go further than they may, or type what nobody thought of: refused with a reason, nothing kept.

What an officer signs can never be taken back, and what the node's own log holds must be read again: a form that the
node could not read back itself would stop every page, `verify` and `rebuild`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from amana.node.access import Role, add_officer, open_scope
from amana.node.context import NodeSettings
from amana.node.local import OfficerAdded
from amana.node.queries.dossiers import list_dossiers, show_dossier
from amana.node.queries.inbox import list_inbox
from amana.protocol.entry import parse_body
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId
from amana.simulation.agency import ADMINISTRATOR, DESK
from amana.simulation.federation import Federation
from tests.federation.acts import PARIS, RABAT, TEMARA, allied, ask, say, shown
from tests.node.journals import dump

Action = dict[str, Any]
REQUEST: Action = {
    "action": "information_request.request",
    "to": [PARIS],
    "title": "Demande",
    "text": "Qui utilise ce numéro ?",
    "language": "fr",
    "coded": {"area": "drugs", "types": ["information"], "urgency": "urgent"},
}

SUSPEND: Action = {"action": "partnership.suspend", "to": [PARIS], "coded": {"code": "other"}}


def request(**more: Any) -> Callable[[DossierId], Action]:
    return lambda dossier: {**REQUEST, **more}


def coded(**more: Any) -> Callable[[DossierId], Action]:
    return request(coded={"area": "drugs", "types": ["information"], "urgency": "urgent", **more})


def in_dossier(action: str, **more: Any) -> Callable[[DossierId], Action]:
    return lambda dossier: {"action": action, "dossier": dossier.hex(), **more}


def item(type: str, **value: Any) -> Callable[[DossierId], Action]:
    return request(items=[{"type": type, "value": value}])


def nested(depth: int) -> Any:
    value: Any = 0
    for _ in range(depth):
        value = [value]
    return value


FORMS: dict[str, tuple[Callable[[DossierId], Action], str]] = {
    "a unit that is no code": (in_dossier("assign", unit="Unité 2"), "bad_action"),
    "a unit of nobody's": (in_dossier("assign", unit="nobody"), "not_in_unit"),
    "a form's token too short": (request(form="a"), "bad_action"),
    "a form's token with a blank": (request(form="a b c d e f g"), "bad_action"),
    "a note without end": (in_dossier("note", text="x" * 50_000), "bad_values"),
    "a note in no language": (in_dossier("note", text="x", language="language12"), "bad_action"),
    "a text in no language": (request(language="français"), "bad_action"),
    "half a character": (request(text="\ud800"), "bad_action"),
    "half a character in a note": (in_dossier("note", text="\udfff"), "bad_action"),
    "national words without end": (request(marking={"national": "x" * 49}), "bad_action"),
    "an erase date before time": (request(marking={"erase_on": -1}), "bad_date"),
    "an erase date after time": (request(marking={"erase_on": 2**53}), "bad_date"),
    "an erase date before the first year of time": (request(marking={"erase_on": "0001-01-01"}), "bad_date"),
    "a level above the scale": (request(marking={"level": 9}), "bad_level"),
    "a level above the node's limit": (request(marking={"level": "secret"}), "above_limit"),
    "a handling code that is none": (request(marking={"codes": ["H9"]}), "bad_marking"),
    "more items than an entry holds": (request(items=[{"type": "phone", "value": {"number": "1"}}] * 501), "bad_values"),
    "a number that grows in its one form": (item("document", kind="passport", number="ﷺ" * 200), "bad_values"),
    "a handset's number that grows": (item("phone", imei="ﷺ" * 20), "bad_values"),
    "a number of separators only": (item("document", kind="passport", number=" - "), "bad_values"),
    "an observable of blanks": (item("cyber_observable", kind="domain", value="  "), "bad_values"),
    "coded values in each other": (coded(counts=nested(100)), "bad_values"),
    "coded values in each other without end": (coded(counts=nested(20_000)), "bad_action"),
    "a list for a word": (coded(urgency=["urgent"]), "bad_values"),
    "an area that is a list": (coded(area=["drugs"]), "unknown_area"),
    "an entry that only nodes make": (in_dossier("information_request.delivered", coded={"entries": ["00" * 32]}), "automatic_entry"),
    "to its own agency": (request(to=[RABAT]), "unknown_partner"),
    "to a stranger": (request(to=["es.cnp"]), "not_a_party"),
    "after an entry of nobody's": (request(after=["00" * 32]), "unknown_reference"),
    "an entry of another kind": (in_dossier("agreement.consent"), "foreign_kind"),
    "a partnership's entry": (
        lambda dossier: {"action": "partnership.suspend", "to": [PARIS], "coded": {"code": "other"}},
        "administrator_only",
    ),
    "an unknown member": (request(audience=[PARIS]), "bad_action"),
}


@pytest.mark.parametrize(("make", "code"), FORMS.values(), ids=FORMS)
def test_a_form_that_does_not_fit_is_refused_and_nothing_is_kept(make: Callable[[DossierId], Action], code: str) -> None:
    made = allied(RABAT, PARIS)
    dossier = ask(made, RABAT, PARIS)
    made.settle()
    before = dump(made[RABAT].journal)
    with pytest.raises(Refusal) as raised:
        made.act(RABAT, DESK, make(dossier))
    assert raised.value.code == code
    assert dump(made[RABAT].journal) == before


# -- who sees what ----------------------------------------------------------------------------------------------


def other_unit(made: Federation, code: str, account: str = "intruder", units: tuple[str, ...] = ("other",), role: Role = Role.DESK) -> str:
    add_officer(made[code].node, OfficerAdded(name="", role=role, units=units, account=account, language="fr"))
    return account


SEEKERS: dict[str, Callable[[Federation], str]] = {
    "an officer of another unit": lambda made: other_unit(made, RABAT),
    "a supervisor of another unit": lambda made: other_unit(made, RABAT, role=Role.SUPERVISOR),
    "an administrator": lambda made: ADMINISTRATOR,
    "an administrator with units": lambda made: other_unit(made, RABAT, units=("desk",), role=Role.ADMINISTRATOR),
}
LOOKS: dict[str, Callable[[DossierId], bytes]] = {
    "the dossier": bytes,
    "its first bytes": lambda dossier: dossier[:8],
    "nothing": lambda dossier: b"",
    "the dossier and a byte more": lambda dossier: dossier + b"\x00",
    "a dossier that is not there": lambda dossier: bytes(32),
}


@pytest.mark.parametrize("seeker", SEEKERS.values(), ids=SEEKERS)
@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_absent_and_forbidden_look_alike(seeker: Callable[[Federation], str], look: Callable[[DossierId], bytes]) -> None:
    made = allied(RABAT, PARIS)
    dossier = ask(made, RABAT, PARIS)
    scope = open_scope(made[RABAT].node, seeker(made))
    with pytest.raises(Refusal) as raised:
        show_dossier(made[RABAT].node, scope, DossierId(look(dossier)))
    assert (raised.value.code, dict(raised.value.facts)) == ("not_found", {})


@pytest.mark.parametrize("seeker", SEEKERS.values(), ids=SEEKERS)
def test_what_is_not_seen_cannot_be_acted_in(seeker: Callable[[Federation], str]) -> None:
    made = allied(RABAT, PARIS)
    dossier = ask(made, RABAT, PARIS)
    account = seeker(made)
    before = dump(made[RABAT].journal)
    for action in ("information_request.supplement", "note", "assign", "information_request.withdraw"):
        with pytest.raises(Refusal) as raised:
            made.act(RABAT, account, {"action": action, "dossier": dossier.hex(), "text": "Vu.", "unit": "desk"} | unfit(action))
        assert raised.value.code == "not_found"
    assert dump(made[RABAT].journal) == before


def unfit(action: str) -> Action:
    return {"coded": {"code": "no_longer_needed"}} if action.endswith("withdraw") else {}


def test_an_officer_of_another_unit_sees_no_list_no_draft_and_no_duplicate() -> None:
    made = allied(RABAT, PARIS)
    phone = {"items": [{"type": "phone", "value": {"number": "+212600000001"}}]}
    ask(made, RABAT, PARIS, **phone)
    made.act(RABAT, DESK, {**REQUEST, "keep": True})
    account = other_unit(made, RABAT)
    scope = open_scope(made[RABAT].node, account)
    assert list_dossiers(made[RABAT].node, scope)["dossiers"] == []
    inbox = list_inbox(made[RABAT].node, scope)
    assert (inbox["to_do"], inbox["waiting_for_others"], inbox["drafts"], inbox["set_aside"]) == ([], [], [], [])
    done = made.act(RABAT, account, {**REQUEST, **phone})
    assert done.warnings == ()


# -- four eyes --------------------------------------------------------------------------------------------------

FOUR_EYES = NodeSettings(four_eyes=frozenset({"information_request.request"}))
WAYS: dict[str, Callable[[Federation, str], str]] = {
    "of one's own draft": lambda made, draft: DESK,
    "by an officer of another unit": lambda made, draft: other_unit(made, RABAT),
    "by an administrator": lambda made, draft: ADMINISTRATOR,
}


@pytest.mark.parametrize("keep", [False, True], ids=["sent", "kept as a draft first"])
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_there_is_no_release_of_what_needs_four_eyes(way: Callable[[Federation, str], str], keep: bool) -> None:
    made = allied(RABAT, PARIS, settings={RABAT: FOUR_EYES})
    draft = made.act(RABAT, DESK, {**REQUEST, "keep": keep}).draft.hex()
    account = way(made, draft)
    before = dump(made[RABAT].journal)
    with pytest.raises(Refusal):
        made.act(RABAT, account, {"action": "release", "draft": draft})
    assert dump(made[RABAT].journal) == before


def test_what_a_second_person_releases_is_what_was_written_once() -> None:
    made = allied(RABAT, PARIS, settings={RABAT: FOUR_EYES})
    colleague = other_unit(made, RABAT, account="colleague", units=("desk",))
    draft = made.act(RABAT, DESK, REQUEST).draft.hex()
    with pytest.raises(Refusal):
        made.act(RABAT, DESK, {"action": "release", "draft": draft})
    done = made.act(RABAT, colleague, {"action": "release", "draft": draft})
    assert done.dossier is not None
    assert shown(made, RABAT, done.dossier)["entries"][0]["text"] == REQUEST["text"]
    with pytest.raises(Refusal, match="draft_ended"):
        made.act(RABAT, colleague, {"action": "release", "draft": draft})


# -- handles ----------------------------------------------------------------------------------------------------


def test_partners_cannot_tell_that_one_officer_wrote_in_two_dossiers() -> None:
    made = allied(RABAT, PARIS, TEMARA)
    dossiers = [ask(made, RABAT, PARIS), ask(made, RABAT, PARIS), ask(made, RABAT, TEMARA)]
    both = made.act_many(RABAT, DESK, [REQUEST, REQUEST])
    dossiers += [done.dossier for done in both if done.dossier is not None]
    for dossier in dossiers:
        say(made, RABAT, "information_request.supplement", dossier, text="De plus.")
    made.settle()
    used: dict[DossierId, set[bytes]] = {}
    for _, row in made[RABAT].journal.read(lambda reading: reading.entries_by_arrival(0, 1000)):
        if row.author == RABAT and row.dossier in dossiers:
            used.setdefault(row.dossier, set()).add(parse_body(row.body).handle)
    assert [len(handles) for handles in used.values()] == [1] * len(dossiers)
    assert len(set.union(*used.values())) == len(dossiers)
