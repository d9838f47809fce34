# SPDX-License-Identifier: EUPL-1.2
"""Communiqués as people read them: rows in three languages, who approved what, drafts compared, what is public and its code."""

from __future__ import annotations

from typing import Any

import pytest

from amana.dossiers.shared.public_text import PublicCode, code_of, parse_code
from amana.node.queries.communiques import compare_drafts, list_communiques, show_clause_history, show_communique
from amana.node.queries.published import find_code
from amana.protocol.errors import Refusal
from amana.protocol.identifiers import DossierId, EntryId
from amana.simulation.agency import DESK
from amana.simulation.federation import Federation
from tests.federation.acts import LEVALLOIS, PARIS, RABAT, TEMARA, allied, say
from tests.node.desks import SEES_NOTHING, at, consultations, desks

MINUTE, HOUR = 60_000, 3_600_000
LANGUAGES = ("ar", "fr", "en")
HEADING = {"ar": "بلاغ مشترك", "fr": "Communiqué conjoint", "en": "Joint communiqué"}
FIRST = {"ar": "عقدت جلستا العمل بالرباط.", "fr": "Les deux séances ont eu lieu à Rabat.", "en": "The two sessions were held in Rabat."}


def begun(made: Federation, *parties: str, **coded: Any) -> DossierId:
    """Rabat begins; heading and a first clause stand in three languages, in Rabat's wording."""
    action = {"action": "communique.draft", "to": sorted(parties), "title": "Communiqué", "language": "fr", "coded": coded}
    done = made.act(RABAT, DESK, action)
    assert done.dossier is not None
    for place, (role, text) in enumerate((("heading", HEADING), ("paragraph", FIRST)), 1):
        write(made, RABAT, done.dossier, text, role=role, place=10 * place)
    made.settle()
    return done.dossier


def write(made: Federation, code: str, dossier: DossierId, texts: dict[str, str], **coded: Any) -> str:
    """A clause in several languages; its id."""
    clause = str(coded.pop("clause", ""))
    for language, text in texts.items():
        named = {"clause": clause} if clause else {}
        entry = say(made, code, "communique.clause", dossier, coded={"language": language, **coded, **named}, text=text, language=language)
        clause = clause or entry.hex()
    return clause


def shown(made: Federation, dossier: DossierId, code: str = RABAT) -> dict[str, Any]:
    return show_communique(*at(made, code), dossier)


def approved(made: Federation, dossier: DossierId, *codes: str) -> None:
    for code in codes:
        for language in LANGUAGES:
            say(made, code, "communique.approve", dossier, coded={"language": language})
        made.settle()


def public(made: Federation, *parties: str, **coded: Any) -> DossierId:
    dossier = begun(made, *parties, **coded)
    approved(made, dossier, RABAT, *parties)
    say(made, RABAT, "communique.release", dossier)
    made.settle()
    return dossier


def code_in(made: Federation, dossier: DossierId, language: str, code: str = RABAT) -> str:
    return next(str(one["code"]) for one in shown(made, dossier, code)["released"] if one["language"] == language)


def test_a_row_has_one_cell_for_each_language_and_says_who_is_awaited() -> None:
    made = desks()
    dossier = begun(made, PARIS)
    ours, theirs = shown(made, dossier), shown(made, dossier, PARIS)
    rows = [(row["number"], row["role"], row["state"]) for row in ours["clauses"]]
    assert rows == [(1, "heading", "proposed"), (2, "paragraph", "proposed")]
    assert [cell["versions"][0]["text"] for cell in ours["clauses"][1]["cells"]] == [FIRST[code] for code in LANGUAGES]
    assert (ours["clauses"][0]["open"], len(theirs["clauses"][0]["open"])) == ([], 3)
    assert ours["clauses"][1]["cells"][0]["versions"][0]["waits_for"] == [PARIS]
    assert (ours["headings"], ours["draft"], ours["agreed_count"], ours["clause_count"]) == (HEADING, 1, 0, 2)
    say(made, PARIS, "communique.agree", dossier)
    made.settle()
    assert shown(made, dossier)["agreed_count"] == 2


def test_a_language_that_lacks_a_clause_says_since_when_and_cannot_be_approved() -> None:
    made = desks()
    dossier = begun(made, PARIS)
    say(made, PARIS, "communique.approve", dossier, coded={"language": "en"})
    made.advance(MINUTE)
    write(made, PARIS, dossier, {"fr": "Les parties ont échangé."}, role="paragraph", place=30)
    made.settle()
    held = shown(made, dossier)
    arabic, french, english = held["clauses"][2]["cells"]
    assert (arabic["state"], french["state"], english["state"]) == ("pending", "proposed", "pending")
    assert english["pending_since"] == french["versions"][0]["at"]
    by_language = {one["language"]: one for one in held["approvals"]}
    assert (by_language["en"]["hash"], by_language["en"]["complete"]) == ("", False)
    assert {one["agency"]: one["state"] for one in by_language["en"]["parties"]} == {PARIS: "changed", RABAT: "waiting"}
    codes = [(one["code"], one["number"]) for one in held["conditions"]]
    assert ("language_pending", 3) in codes
    assert ("release_missing", 0) in codes


def test_two_versions_stand_side_by_side_on_both_nodes_until_one_joins_them() -> None:
    made = desks()
    dossier = begun(made, PARIS)
    row = shown(made, dossier)["clauses"][1]
    stood = row["cells"][1]["versions"][0]["id"]
    for code, text in ((RABAT, "Les deux séances ont eu lieu à Rabat et à Salé."), (PARIS, "Les séances ont eu lieu à Rabat.")):
        write(made, code, dossier, {"fr": text}, clause=row["clause"], replaces=[stood])
    made.settle()
    cells = [shown(made, dossier, code)["clauses"][1]["cells"][1] for code in (RABAT, PARIS)]
    for cell in cells:
        assert (cell["state"], len(cell["versions"])) == ("contested", 2)
        assert {one["before"] for one in cell["versions"]} == {FIRST["fr"]}
    both = [one["id"] for one in cells[0]["versions"]]
    write(made, PARIS, dossier, {"fr": "Les séances ont eu lieu à Rabat et à Salé."}, clause=row["clause"], replaces=both)
    made.settle()
    assert len(shown(made, dossier)["clauses"][1]["cells"][1]["versions"]) == 1
    history = show_clause_history(*at(made), dossier, EntryId(bytes.fromhex(row["clause"])))
    assert [one["replaced"] for one in history if one["language"] == "fr"] == [True, True, True, False]


def test_drafts_are_numbered_by_sitting_and_compared_in_one_language() -> None:
    made = desks()
    dossier = begun(made, PARIS)
    row = shown(made, dossier)["clauses"][1]
    made.advance(5 * MINUTE)
    write(made, PARIS, dossier, {"fr": "Les deux séances ont eu lieu à Rabat, en décembre."}, clause=row["clause"])
    made.settle()
    held = shown(made, dossier)
    drafts = [(one["number"], one["author"], one["languages"]) for one in held["drafts"]]
    assert drafts == [(1, RABAT, ["ar", "fr", "en"]), (2, PARIS, ["fr"])]
    compared = compare_drafts(*at(made), dossier, "fr", 1, 2)
    assert [(one["before"], one["after"]) for one in compared["clauses"]] == [
        (HEADING["fr"], HEADING["fr"]),
        (FIRST["fr"], "Les deux séances ont eu lieu à Rabat, en décembre."),
    ]
    assert all(one["before"] == one["after"] for one in compare_drafts(*at(made), dossier, "ar", 1, 2)["clauses"])
    for language, earlier, later in (("es", 1, 2), ("fr", 0, 2), ("fr", 1, 3)):
        with pytest.raises(Refusal) as refused:
            compare_drafts(*at(made), dossier, language, earlier, later)
        assert refused.value.code == "not_found"


def test_a_clause_that_all_strike_goes_and_its_words_are_still_told() -> None:
    made = desks()
    dossier = begun(made, PARIS)
    row = shown(made, dossier)["clauses"][1]
    for cell in row["cells"]:
        say(made, RABAT, "communique.clause", dossier, coded={"language": cell["language"], "clause": row["clause"], "struck": True})
    made.settle()
    say(made, PARIS, "communique.agree", dossier)
    made.settle()
    held = shown(made, dossier)
    assert (held["clause_count"], [one["text"] for one in held["struck"][0]["texts"]]) == (1, [FIRST[code] for code in LANGUAGES])


def test_nothing_is_public_before_the_embargo_is_over_and_then_the_code_is_the_same_everywhere() -> None:
    made = desks()
    until = made[RABAT].node.clock.now() + 2 * HOUR
    dossier = public(made, PARIS, embargo=until)
    held = shown(made, dossier)
    assert [(one["at"], one["public"], one["code"], one["paragraphs"]) for one in held["released"]] == [(until, False, "", [])] * 3
    assert [(one["code"], one["at"]) for one in held["conditions"]] == [("embargo", until)]
    made.advance(2 * HOUR)
    assert [one["public"] for one in shown(made, dossier)["released"]] == [True] * 3
    for language in LANGUAGES:
        code = parse_code(code_in(made, dossier, language))
        for where in (RABAT, PARIS):
            found, text = find_code(*at(made, where), code)
            assert (found["language"], found["heading"], found["paragraphs"]) == (language, HEADING[language], [FIRST[language]])
            assert (found["parties"], found["released_at"], code_of(text)) == ([PARIS, RABAT], until, code)
            assert all(one["since"] for one in found["approvals"])


def test_an_approval_taken_back_before_the_moment_leaves_no_code() -> None:
    made = desks()
    dossier = public(made, PARIS, embargo=made[RABAT].node.clock.now() + 2 * HOUR)
    hash = next(one["hash"] for one in shown(made, dossier, PARIS)["approvals"] if one["language"] == "fr")
    say(made, PARIS, "communique.withdraw_approval", dossier, coded={"hash": hash})
    made.settle()
    made.advance(3 * HOUR)
    held = shown(made, dossier)
    assert held["released"] == []  # what is released together is prevented together
    assert {one["code"] for one in held["conditions"]} >= {"approval_missing"}


def test_a_code_that_nothing_public_has_is_not_known() -> None:
    made = desks()
    until = made[RABAT].node.clock.now() + 2 * HOUR
    dossier = public(made, PARIS, embargo=until)
    made.advance(2 * HOUR)
    code = parse_code(code_in(made, dossier, "fr"))
    made_again = desks()
    public(made_again, PARIS, embargo=until)
    for where, wanted in ((made_again, code), (made, PublicCode("0000-0000-0000-0000-0"))):
        with pytest.raises(Refusal) as refused:
            find_code(*at(where), wanted)
        assert refused.value.code == "unknown_public_code"


def test_what_is_public_is_confirmed_to_every_officer_and_the_dossier_stays_where_it_is() -> None:
    made = desks()
    dossier = public(made, PARIS)
    code = parse_code(code_in(made, dossier, "ar"))
    found, _ = find_code(*at(made, RABAT, SEES_NOTHING[0]), code)
    assert (found["dossier"], found["language"]) == ("", "ar")
    assert find_code(*at(made), code)[0]["dossier"] == dossier.hex()
    for account in SEES_NOTHING:
        with pytest.raises(Refusal) as refused:
            show_communique(*at(made, RABAT, account), dossier)
        assert refused.value.code in ("not_found", "content_role_only", "administrator_sees_no_content")
    assert list_communiques(*at(made, RABAT, SEES_NOTHING[0]))["communiques"] == []


def test_of_five_parties_one_leaves_and_the_others_release_without_it() -> None:
    others = (PARIS, LEVALLOIS, TEMARA, "es.cnp")
    made = allied(RABAT, *others)
    dossier = begun(made, *others)
    say(made, "es.cnp", "communique.leave", dossier)
    made.settle()
    approved(made, dossier, RABAT, PARIS, LEVALLOIS, TEMARA)
    say(made, PARIS, "communique.release", dossier)
    made.settle()
    held = shown(made, dossier)
    assert (held["left"], [one["public"] for one in held["released"]]) == (["es.cnp"], [True] * 3)
    assert held["released"][0]["parties"] == [PARIS, LEVALLOIS, RABAT, TEMARA]
    assert {code_in(made, dossier, "fr", code) for code in (RABAT, PARIS, LEVALLOIS, TEMARA)} == {code_in(made, dossier, "fr")}


def test_a_look_is_recorded_and_a_page_that_renews_itself_is_none() -> None:
    made = desks()
    dossier = begun(made, PARIS)
    before = consultations(made)
    show_communique(*at(made), dossier, record=False)
    list_communiques(*at(made), record=False)
    assert consultations(made) == before
    show_communique(*at(made), dossier)
    list_communiques(*at(made))
    assert consultations(made) == [*before, "dossier", "communiques"]
