# SPDX-License-Identifier: EUPL-1.2
"""Every page that a person can open, as the tests go through them: whose desk, and how one gets there.

A row for each address of the table of the pages that shows a page; `test_pages` fails where one has none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.browser.houses import House
from tests.browser.visitor import Visitor

LORRY = "open_work/lorry"  # asked in Arabic, read in French, with files, notes and translations
REFUSED = "smuggling/request"
NOWHERE = "ab" * 32
Way = Callable[[Visitor, House], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One page on the tour."""

    page: str  # its name in the table of addresses; more than one stop may show one page
    account: str  # whose; empty: nobody signed in
    way: Way
    status: int = 200


def straight(path: str) -> Way:
    """By its address, below the language; {lorry}, {agreement} … stand for dossiers."""

    def go(visitor: Visitor, house: House) -> None:
        visitor.go(path.format(**{name.replace("/", "_"): dossier for name, dossier in house.dossiers.items()}))

    return go


def through(path: str, *selectors: str) -> Way:
    """By a link that stands on another page, and from there by the next."""

    def go(visitor: Visitor, house: House) -> None:
        straight(path)(visitor, house)
        for selector in selectors:
            address = visitor.page.locator(selector).first.get_attribute("href")
            assert address, (path, selector)
            visitor.page.goto(visitor.address + address)

    return go


def _stop(page: str, account: str, way: Way | str, status: int = 200) -> Stop:
    return Stop(page=page, account=account, way=straight(way) if isinstance(way, str) else way, status=status)


DOSSIER = "dossiers/{open_work_lorry}/"
WRITE = "write/information_request"
STOPS: tuple[Stop, ...] = (
    _stop("sign_in", "", "sign-in/"),
    _stop("first", "", "first/"),
    _stop("inbox", "stups", "inbox/"),
    _stop("inbox", "chef", "inbox/?view=all"),
    _stop("incoming", "chef", "incoming/?show=all"),
    _stop("outgoing", "stups", "outgoing/"),
    _stop("dossiers", "chef", "dossiers/?show=all"),
    _stop("dossiers", "stups", "dossiers/?area=cybercrime&show=all"),
    _stop("register_export", "chef", "registers/incoming/export/"),
    _stop("search", "stups", "search/"),
    _stop("search", "stups", "search/?q=0642"),
    _stop("search", "stups", "search/?q=zzzz"),
    _stop("dossier", "stups", DOSSIER),
    _stop("dossier", "chef", "dossiers/{smuggling_request}/"),
    _stop("dossier", "stups", "dossiers/{drugs_request}/"),
    _stop("verify", "stups", DOSSIER + "verify/"),
    _stop("assign", "stups", DOSSIER + "assign/"),
    _stop("note", "stups", DOSSIER + "note/"),
    _stop("remind", "stups", DOSSIER + "remind/"),
    _stop("attachment_preview", "stups", through(DOSSIER, "main a[href*='/preview/']")),
    _stop("write", "stups", f"{WRITE}/request/"),
    _stop("working_copy", "stups", f"{WRITE}/answer/?dossier={{open_work_lorry}}"),
    _stop("write", "stups", f"{WRITE}/notice/"),
    _stop("drafts", "chef", "drafts/"),
    _stop("release", "chef", through("drafts/", "main a[data-line][href*='/drafts/']")),
    _stop("meetings", "chef", "meetings/"),
    _stop("meeting", "chef", "meetings/{rabat_visit}/"),
    _stop("meeting", "liaison", through("meetings/", "main a[data-line]")),
    _stop("meeting_act", "chef", "meetings/{rabat_visit}/act/action/"),
    _stop("meeting_act", "liaison", "meetings/{rabat_visit}/act/delegation/"),
    _stop("briefing", "chef", "meetings/{rabat_visit}/briefing/"),
    _stop("briefing", "liaison", "meetings/{rabat_visit}/briefing/"),
    _stop("decisions", "chef", "decisions/"),
    _stop("decisions", "liaison", "decisions/?state=done&area=cybercrime"),
    _stop("communiques", "chef", "communiques/"),
    _stop("communique", "chef", through("communiques/", "main a[data-line]")),
    _stop("communique_compare", "chef", through("communiques/", "main a[data-line]", "#compare")),
    _stop("codes", "liaison", "codes/"),
    _stop("agreements", "chef", "agreements/"),
    _stop("agreement", "chef", "agreements/{agreement_agreement}/"),
    _stop("propose_agreement", "chef", "write/agreement/propose/"),
    _stop("amend_agreement", "chef", "write/agreement/amend/?dossier={agreement_agreement}"),
    _stop("partners", "chef", "partners/"),
    _stop("partner", "admin", through("partners/", "main a[href*='/partners/']")),
    _stop("partner_add", "admin", "partners/add/"),
    _stop("partner_confirm", "admin", "partners/ma.dgst/confirm/"),
    _stop("health", "admin", "node/"),
    _stop("accounts", "admin", "accounts/"),
    _stop("account", "admin", "accounts/stups/"),
    _stop("account_add", "admin", "new-account/"),
    _stop("preferences", "stups", "preferences/"),
    _stop("assessments", "chef", "assessments/"),
    _stop("assessment", "chef", "assessments/{assessment_drugs}/"),
    _stop("assessment", "chef", "assessments/{assessment_drugs}/?do=write&on=new"),
    _stop("assessment", "chef", "assessments/{assessment_cyber}/?do=source&on=new"),
    _stop("expertise", "liaison", "expertise/"),
    _stop("missions", "chef", "missions/"),
    _stop("missions", "chef", "missions/?side=given"),
    _stop("mission", "chef", "missions/{expertise_mission}/"),
    _stop("mission", "chef", "missions/{expertise_training}/"),
    _stop("practices", "chef", "practices/"),
    _stop("practice", "liaison", "practices/{expertise_practice}/"),
    _stop("events", "chef", "events/"),
    _stop("event", "chef", "events/{games_event}/"),
    _stop("event_risk", "chef", "events/{games_event}/risk/"),
    _stop("event_evaluation", "chef", "events/{games_event}/evaluation/"),
    _stop("event_forces", "chef", "events/{games_event}/forces/"),
    _stop("event_log", "liaison", "events/{games_event}/log/"),
    _stop("event_reports", "chef", "events/{games_event}/reports/"),
    _stop("event_new_report", "chef", "events/{games_exercise}/reports/new/"),
    _stop("event_figure", "chef", "events/{games_event}/figures/crowd/"),
    _stop("event_report", "chef", through("events/{games_event}/reports/", "main a[data-line]")),
    _stop("event_log", "liaison", "events/{games_exercise}/log/?category=fact"),
    _stop("event_incidents", "liaison", "events/{games_exercise}/incidents/"),
    _stop("event_map", "chef", "events/{games_exercise}/map/"),
    _stop("event_rota", "chef", "events/{games_exercise}/rota/"),
    _stop("event_quick", "liaison", "events/{games_exercise}/report/"),
    _stop("event_board", "liaison", "events/{games_exercise}/board/"),
    _stop("event_wall", "chef", "events/{games_exercise}/wall/"),
    _stop("event_setup", "chef", "events/{games_exercise}/setup/"),
    _stop("operations", "chef", "operations/"),
    _stop("operation", "chef", "operations/{operation_proposal}/"),
    _stop("operation", "chef", "operations/{operation_next}/"),
    _stop("operation_plan", "chef", "operations/{operation_proposal}/plan/"),
    _stop("operation_plan", "liaison", "operations/{operation_next}/plan/"),
    _stop("operation_tasks", "liaison", "operations/{operation_next}/tasks/"),
    _stop("operation_tasks", "liaison", "operations/{operation_next}/tasks/?time"),
    _stop("operation_action", "liaison", "operations/{operation_proposal}/action/"),
    _stop("operation_action", "liaison", "operations/{operation_next}/action/"),
    _stop("operation_exhibits", "liaison", "operations/{operation_proposal}/exhibits/"),
    _stop("operation_results", "chef", "operations/{operation_proposal}/results/"),
    _stop("operation_annex", "liaison", "operations/{operation_proposal}/annex/"),
    _stop("packs", "chef", "packs/"),
    _stop("pack", "chef", through("packs/", "main a[data-line]")),
    _stop("pack_dossier", "liaison", through("packs/", "main a[data-line]", "main .plain-list a")),
    _stop("pack_make", "chef", "dossiers/{games_event}/pack/"),
    _stop("dossier", "stups", f"dossiers/{NOWHERE}/", 404),
)
FORMLESS = {  # addresses that show no page of their own
    "home": "leads to the first page of the role",
    "enter": "leads on, signed in",
    "first_password": "opened by an invitation: the story of signing in goes there",
    "first_code": "the same",
    "inbox_lines": "a part of the inbox",
    "peek": "the same",
    "around": "a part of every page",
    "dossier_thread": "a part of the dossier",
    "meeting_parts": "a part of the meeting",
    "event_board_parts": "a part of the board",
    "operation_act": "a press of a button",
    "operation_action_parts": "a part of the action",
    "print_operation": "a PDF",
    "print_report": "a PDF",
    "print_sheet": "a PDF",
    "print_mission": "a PDF",
    "print_minutes": "a PDF",
    "communique_part": "a part of the communiqué",
    "communique_draft": "a PDF",
    "communique_copy": "a file",
    "health_fragment": "a part of the node's state",
    "partner_lines": "a part of the partners",
    "stream": "events",
    "print_dossier": "a PDF",
    "print_letter": "a PDF",
    "attachment": "a file",
    "attachment_page": "a picture",
    "own_card": "a file",
    "print_assessment": "a PDF",
    "print_briefing": "a PDF",
    "meeting_calendar": "a file",
    "calendar_feed": "a file",
}
MAIN = ("inbox", "dossier", "working_copy", "health")  # judged in the dark as well
