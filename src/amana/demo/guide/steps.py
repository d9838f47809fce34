# SPDX-License-Identifier: EUPL-1.2
"""The steps of the guided walk: what one sees at whose desk, and the links that lead there.

A link names a post, a page of that post's node and the paper whose dossier the page shows. The words are whole sentences
in the reader's language; nothing here is about what the nodes hold now, so a step can be taken again and again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from amana.demo.guide.addresses import entrance, page_address
from amana.node.queries.inbox import UNIT
from amana.phrases import Words, tell

SEARCHED = "BOUSELMANE-INVENTÉ"  # a name of the file that two services alone can see


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One link: whose desk, which page, about which paper."""

    agency: str
    account: str
    page: str
    dossier: str = ""  # "chapter/name" of the paper that opened it
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The words of a step."""

    title: Words
    story: Words
    look_for: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step; its first look is the one that its button opens."""

    name: str
    looks: tuple[Look, ...]
    told: Callable[[str], Told]


def link_of(look: Look, language: str, nodes: Mapping[str, str], dossiers: Mapping[str, str]) -> str:
    """Where a look leads: signed in, at the page, in the reader's language."""
    named = {"dossier": dossiers[look.dossier]} if look.dossier else {}
    return entrance(language, nodes[look.agency], look.account, page_address(language, look.page, named, look.query))


def _agreement(language: str) -> Told:
    return Told(
        title=tell(language, "The agreement"),
        story=tell(
            language,
            "Nothing may be asked before the four services agree. Each of them consented to the hash of one and the same text: "
            "its fields, its articles, its clocks. Every request afterwards names the article that allows it.",
        ),
        look_for=tell(language, "the fields, the articles, and four consents to one hash."),
    )


def _visit(language: str) -> Told:
    return Told(
        title=tell(language, "A visit: from the programme to the decisions"),
        story=tell(
            language,
            "The visit of 12 December has one page: the programme by the hour, the delegations by post, the agenda, and the minutes "
            "point by point, each in the language in which it was said with its translation beside it. Both sides approved the "
            "same hash; from that moment the decisions are in force.",
        ),
        look_for=tell(language, "the approvals by hash, and for each decision who carries it out by when."),
    )


def _communique(language: str) -> Told:
    return Told(
        title=tell(language, "A communiqué written together"),
        story=tell(
            language,
            "The communiqué of the working visit stands clause by clause in Arabic, French and English. Both sides changed the same "
            "clause at the same moment, and nothing was lost. Each approved each language by its hash; the embargo kept the text "
            "until its hour. The second link shows one that is still being written.",
        ),
        look_for=tell(language, "the code of the published text, and in the draft what is missing before its release."),
    )


def _decided(language: str) -> Told:
    return Told(
        title=tell(language, "Everything decided, with its state today"),
        story=tell(
            language,
            "One page lists every decision since the agreement began, by date due, with its owner and the owner’s last word. What "
            "is ours is among what is to do today. What was left open is carried into the next agenda by itself.",
        ),
        look_for=tell(language, "a decision of Rabat that Paris took up again, and the threat assessed together."),
    )


def _committee(language: str) -> Told:
    return Told(
        title=tell(language, "Before the next meeting"),
        story=tell(
            language,
            "The joint committee meets soon. The four services build its agenda; each of them draws its own briefing file in one "
            "click: who owes what, what is open, the figures, the last communiqué, points to propose. It never leaves the node.",
        ),
        look_for=tell(language, "a point to which one service objects, and the violet file that is this service’s alone."),
    )


def _expertise(language: str) -> Told:
    return Told(
        title=tell(language, "Experts for the Games"),
        story=tell(
            language,
            "Rabat publishes what it can give, Paris asks, and both stand by the same terms, accepted by their id. The mission is "
            "carried out, judged and followed up; what was learnt stands in a library that both sides read and use.",
        ),
        look_for=tell(language, "the terms that both sides stand by, the expert days, and the day of the follow-up."),
    )


def _games(language: str) -> Told:
    return Told(
        title=tell(language, "Three weeks of a major event"),
        story=tell(
            language,
            "The Games were set up from tables: venues, sessions, thirty-five nations, most of which work on the host’s node. Every "
            "figure of the situation report is counted from the log and leads to exactly the lines that it counts.",
        ),
        look_for=tell(language, "a figure of the report with the lines behind it, and the day on which personal data goes."),
    )


def _exercise(language: str) -> Told:
    return Told(
        title=tell(language, "An exercise that is under way"),
        story=tell(
            language,
            "Rabat runs an exercise for 2030 right now. Its wall shows open incidents, shifts with their gaps and the sessions of "
            "the day; the second link is the quick report of an officer in the field, which waits on his device where there is no network.",
        ),
        look_for=tell(language, "the band that says that nothing is real, and an incident that nobody has in hand yet."),
    )


def _urgent(language: str) -> Told:
    return Told(
        title=tell(language, "An urgent request: now look at Paris"),
        story=tell(
            language,
            "Rabat asks about tablets hidden in a refrigerated lorry. Paris takes it in hand, asks back, is told, answers in part "
            "and then in full. The clock of three days ran from the moment at which the node in Paris had the request.",
        ),
        look_for=tell(
            language, "the thread in order, the times of sending and of delivery, the article, and the internal note that never left."
        ),
    )


def _languages(language: str) -> Told:
    return Told(
        title=tell(language, "Asked in Arabic, read in French"),
        story=tell(
            language,
            "This dossier is still open. The request came in Arabic; a translation made in Paris stands beside it, bound to the "
            "original. Two files travelled sealed, and the answer is half given: the rest waits for whoever sits at this desk.",
        ),
        look_for=tell(
            language, "both scripts side by side, the files with their previews, the handling conditions, and what is expected now."
        ),
    )


def _two_alone(language: str) -> Told:
    return Told(
        title=tell(language, "A file that two services alone can see"),
        story=tell(
            language,
            "A terrorism file concerns two services. Look from a third one: the search for a name that stands in it finds "
            "nothing, and its exact address is answered like one that does not exist. Then look where the file is.",
        ),
        look_for=tell(language, "an empty result in Paris; then the same name at the service that may know."),
    )


def _cyber(language: str) -> Told:
    return Told(
        title=tell(language, "Refused for want of an article, then allowed"),
        story=tell(
            language,
            "Cybercrime is not among the thirteen fields, so the node in Paris refused to send and said what was missing. Both "
            "sides adopted a supplementary arrangement, invented here, and the same request left.",
        ),
        look_for=tell(language, "the article of the arrangement that the request cites."),
    )


def _refusal(language: str) -> Told:
    return Told(
        title=tell(language, "A refusal, and the answer after it"),
        story=tell(
            language,
            "Rabat refused a request with a reason chosen from a list, which each side reads in its own language. Paris found its "
            "slip, corrected it and asked again; the answer came in Arabic.",
        ),
        look_for=tell(language, "the refusal that stays beside the answer, and the correction that overwrites nothing."),
    )


def _recall(language: str) -> Told:
    return Told(
        title=tell(language, "One detail is recalled"),
        story=tell(
            language,
            "Paris had passed on a wrong telephone number. It recalled the entry and sent the right one. Rabat answered by a "
            "signed declaration of what it did with it; a declaration is shown as one, never as a proof.",
        ),
        look_for=tell(language, "the recalled entry, the right number, and the declaration."),
    )


def _away(language: str) -> Told:
    return Told(
        title=tell(language, "The partner’s machine stops and returns"),
        story=tell(
            language,
            "Press “Stop the machine of fr.dgpn” above, then open this inbox in Rabat and write or send something: it waits, and is "
            "shown as not yet delivered. Let the machine return, and everything arrives in its order.",
        ),
        look_for=tell(language, "the partner’s line at the edge of the page, and the change from sent to delivered."),
    )


def _verify(language: str) -> Told:
    return Told(
        title=tell(language, "Verify this dossier"),
        story=tell(
            language,
            "Every entry is signed by its author and receipted by its receiver. Press “Verify this dossier”: the node checks it "
            "from the first byte, without asking anybody. Above, change one byte and see that verification names it.",
        ),
        look_for=tell(language, "the finding in words: signatures, receipts, the chain of the log."),
    )


def _letter(language: str) -> Told:
    return Told(
        title=tell(language, "Print the letter"),
        story=tell(
            language,
            "What leaves on paper carries its handling conditions on every page. In this dossier, at the head of the request, "
            "the link “Letter (PDF)” with the printer prints it as a letter in the language of the page that you are reading; "
            "internal notes stay off paper.",
        ),
        look_for=tell(language, "the conditions at the head of each page, and the reference that can be checked."),
    )


def _operation(language: str) -> Told:
    return Told(
        title=tell(language, "A joint operation"),
        story=tell(
            language,
            "Rabat led, both wrote the plan and approved it by its hash, one amendment came in the middle of the action, and both reported "
            "the same seizure. A second operation is in preparation: its page says what is missing, and of whom. The private annex in its "
            "dashed frame is Rabat’s own; from a node in Paris nobody sees it.",
        ),
        look_for=tell(language, "the figure that counts once, and the button beside what is our turn."),
    )


def _step(name: str, told: Callable[[str], Told], *looks: Look) -> Step:
    return Step(name=name, told=told, looks=looks)


STEPS: tuple[Step, ...] = (
    _step("agreement", _agreement, Look(agency="ma.dgsn", account="chef", page="agreement", dossier="agreement/agreement")),
    _step("visit", _visit, Look(agency="ma.dgsn", account="liaison", page="meeting", dossier="rabat/visit")),
    _step(
        "communique",
        _communique,
        Look(agency="fr.dgsi", account="chef", page="communique", dossier="working_visit/communique"),
        Look(agency="fr.dgpn", account="chef", page="communique", dossier="paris/communique"),
    ),
    _step(
        "decided",
        _decided,
        Look(agency="fr.dgpn", account="chef", page="decisions"),
        Look(agency="ma.dgsn", account="liaison", page="assessment", dossier="assessment/drugs"),
    ),
    _step(
        "committee",
        _committee,
        Look(agency="ma.dgsn", account="chef", page="meeting", dossier="paris/meeting"),
    ),
    _step(
        "expertise",
        _expertise,
        Look(agency="ma.dgsn", account="chef", page="mission", dossier="expertise/mission"),
        Look(agency="fr.dgpn", account="liaison", page="practices"),
    ),
    _step(
        "operation",
        _operation,
        Look(agency="ma.dgsn", account="chef", page="operation", dossier="operation/next"),
        Look(agency="fr.dgpn", account="liaison", page="operation_results", dossier="operation/proposal"),
        Look(agency="ma.dgsn", account="liaison", page="operation_annex", dossier="operation/proposal"),
    ),
    _step(
        "games",
        _games,
        Look(agency="fr.dgpn", account="chef", page="event_report", dossier="games/report"),
        Look(agency="ma.dgsn", account="liaison", page="event_forces", dossier="games/event"),
    ),
    _step(
        "exercise",
        _exercise,
        Look(agency="ma.dgsn", account="chef", page="event_wall", dossier="games/exercise"),
        Look(agency="ma.dgsn", account="liaison", page="event_quick", dossier="games/exercise"),
    ),
    _step("urgent", _urgent, Look(agency="fr.dgpn", account="stups", page="dossier", dossier="drugs/request")),
    _step("languages", _languages, Look(agency="fr.dgpn", account="stups", page="dossier", dossier="open_work/lorry")),
    _step(
        "two_alone",
        _two_alone,
        Look(agency="fr.dgpn", account="chef", page="search", query={"q": SEARCHED}),
        Look(agency="fr.dgsi", account="terro", page="dossier", dossier="terrorism/request"),
    ),
    _step(
        "cyber",
        _cyber,
        Look(agency="fr.dgpn", account="liaison", page="dossier", dossier="cyber/request"),
        Look(agency="fr.dgpn", account="chef", page="agreement", dossier="cyber/arrangement"),
    ),
    _step("refusal", _refusal, Look(agency="fr.dgpn", account="liaison", page="dossier", dossier="documents/request")),
    _step("recall", _recall, Look(agency="ma.dgsn", account="stups", page="dossier", dossier="notice/notice")),
    _step("away", _away, Look(agency="ma.dgsn", account="stups", page="inbox", query={"view": UNIT})),
    _step("verify", _verify, Look(agency="ma.dgsn", account="stups", page="dossier", dossier="drugs/request")),
    _step("letter", _letter, Look(agency="fr.dgpn", account="stups", page="dossier", dossier="drugs/request")),
)
