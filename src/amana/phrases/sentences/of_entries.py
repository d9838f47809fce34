# SPDX-License-Identifier: EUPL-1.2
"""Why an entry is kept and does not count, or may not be said: the rules of dossiers, one sentence for each reason."""

from __future__ import annotations

from collections.abc import Mapping

ENTRY: Mapping[str, str] = {
    "no_opening": (
        "The first entry of the dossier is missing here, so this one cannot be placed. It is kept; ask its author to send the "
        "first entry again."
    ),
    "unknown_kind": (
        "This version does not know this kind of dossier. Ask the administrator whether an upgrade is due; what has arrived is "
        "kept and read again then."
    ),
    "unknown_rules": (
        "The dossier was opened under rules that this version does not know. It is kept and read again after an upgrade; ask "
        "the administrator for one."
    ),
    "unknown_type": (
        "This version does not know this type of entry. Ask the administrator whether an upgrade is due; what has arrived is "
        "kept and read again then."
    ),
    "not_understood": (
        "The entry holds values that this version does not understand. It is kept and read again after an upgrade; ask the "
        "administrator for one."
    ),
    "not_an_opening": (
        "A dossier cannot begin with this type of entry. Open it with one that begins a dossier, such as a request or a notice."
    ),
    "second_opening": "The dossier is open already and cannot be opened a second time. To start another matter, leave the dossier out.",
    "foreign_kind": "The entry is of another kind than its dossier. Its author should make it again in the right dossier.",
    "foreign_author": (
        "The author is no party of this dossier, so the entry does not count. Only the parties fixed when the dossier was "
        "opened can write in it."
    ),
    "foreign_audience": (
        "The entry is addressed to an agency that is no party of this dossier. Address it to parties only, or open a dossier "
        "with that agency."
    ),
    "fork": "Its author has sent two entries with one and the same predecessor: this one stands aside. Ask the author which one holds.",
    "run_back": "The entry belongs to an earlier run of its author’s log than entries already here. Ask the author to make it again.",
    "not_to_all": "This type of entry goes to all parties of the dossier. Address it to all of them.",
    "too_many_audiences": (
        "The dossier already holds as many different circles of addressees as it can. Address the entry to all parties, or "
        "open another dossier."
    ),
    "no_basis": "The entry names no article of an agreement in force. Name the agreement and the article that allow it.",
    "not_after": "The entry speaks of an entry that it does not name as coming before it. Its author should make it again.",
    "too_many_open": (
        "The dossier already holds as many open points of this sort as it can. Settle some of them first, or open another dossier."
    ),
    "not_the_asker": "Only the agency that asked may say this. Use a supplement or an answer instead.",
    "not_a_respondent": "Nothing was asked of your agency in this request: it is in copy or asked itself. Use a supplement instead.",
    "not_a_receiver": "Only an agency that received the notice may say this.",
    "not_the_author": "Only the agency that made the notice may change or cancel it. Send it a supplement with what you know.",
    "not_asked_of_you": "This was not asked of your agency, or concerns an entry of its own. Look up which agency the question is put to.",
    "only_in_requests": "This can be said in an information request only, not in a notice.",
    "only_in_notices": "This can be said in a notice only, not in an information request.",
    "not_at_this_stage": (
        "This cannot be said at the stage the dossier has reached. Open the dossier to see whose turn it is and what can follow."
    ),
    "no_respondent": "The agency named is not asked in this dossier, or nobody is. Name at least one agency of which something is asked.",
    "no_such_question": "There is not exactly one open question that this can answer. Name the question.",
    "no_such_answer": (
        "There is not exactly one answer that this can mean, or the answer named is not the one that stands. Name the answer."
    ),
    "no_such_request": (
        "There is not exactly one open request that this can answer, or it goes beyond what was asked. Name the request and keep within it."
    ),
    "not_all_settled": (
        "Not every agency asked has answered or refused yet. Wait, send a reminder, or withdraw the request from those that have not."
    ),
    "withdrawn": "The request was withdrawn, so nothing is asked any more. Send what is still useful as a notice.",
    "closed": "The dossier is closed. The agency that asked can reopen it.",
    "already_closed": "The dossier is closed already; nothing needs to be done.",
    "already_said": "Your agency has said this already and it stands; nothing needs to be done.",
    "recalled": "The originator has recalled this entry, so its further use cannot be asked for.",
    "expires_in_the_past": "The expiry date lies in the past. Give one that is still to come.",
    "wrong_version": "The number of the version does not follow the ones there are. Leave it out: the next number is given by itself.",
    "article_twice": "Two articles of the text have the same number. Give each article a number of its own.",
    "outside_the_fields": (
        "An article covers an area or a form that the agreement itself does not. Add it to the agreement, or take it out of the article."
    ),
    "hash_differs": "The fingerprint is not that of a text of this dossier. Read the text again and decide on the one that is shown.",
    "not_consented": "Your agency has not consented to this text, so there is nothing to take back.",
    "not_suspended": "Your agency has suspended nothing here, so there is nothing to lift. Only the agency that suspended can resume.",
    "ended": "The agreement has ended. Propose a new one to go on.",
    "no_such_version": "The wording named is not there, or is not one of this text. Open the dossier and choose one that is shown.",
    "other_clause": (
        "A wording can replace only wordings of the same clause in the same language. Choose the clause and the language again."
    ),
    "own_version": "Your agency cannot object to a wording of its own. Propose another wording of the clause.",
    "already_struck": "This is struck already; nothing needs to be done.",
    "empty_text": (
        "There is no text to approve yet: nothing is written, a clause is missing in this language, or two wordings stand side by side. "
        "Settle that first."
    ),
    "not_approved": "Your agency does not approve this text. Approve it first.",
    "no_language": "The dossier has no text in this language. Choose one of its languages, each once: Arabic, French, English.",
    "wrong_revision": (
        "Your agency approves another text with this number or a higher one. Leave the number out: the next one is given by itself."
    ),
    "only_in_judgements": "Likelihood and confidence are said of judgements and outlooks only. Leave them out, or change the part.",
    "no_such_source": "There is no such source of your agency here. Each agency describes and strikes its own sources.",
    "card_number_back": (
        "The number of the card is not higher than the one before. Nothing changes; ask the partner which card is in force."
    ),
    "left": (
        "Your agency has left this dossier: it says no more in it, and nothing waits for it. To take part again, open a new one together."
    ),
    "not_the_host": "Only the host sets dates, sessions and programme. Ask the host, or propose it as a point of the agenda.",
    "host_no_party": "The host named is no party of this dossier. Name one of the agencies that meet.",
    "ends_before_it_starts": "The end lies before the beginning. Correct one of the two.",
    "no_such_session": "There is no such working session or part of the programme here. Choose one that there is.",
    "no_such_decision": "There is no such decision or action here. Name one that there is.",
    "not_the_owner": "Only the agency that carries it out may say this. Ask that agency how far it is.",
    "owner_no_party": "The agency that is to carry it out is no party of this dossier. Name one of the parties.",
    "cancelled": "The meeting was called off by its host. Convene another one, and take up there what is still to be said.",
    "observer": "An observer of the event reads everything and says nothing but its evaluation. Ask the host to let you take part.",
    "no_such_venue": "There is no such venue in this event. Choose one of its venues.",
    "no_such_desk": "This desk takes no part here. Choose one of the services that take part, or a guest.",
    "not_this_day": "This hour belongs to another day. Write it into the log of its day.",
    "no_such_shift": "There is no such shift on this day. Choose one of its shifts.",
    "no_such_handover": "There is no such handover on this day. Choose one that waits.",
    "no_such_offer": "There is no such offer of this service here. Choose one that there is.",
    "not_committed": "The host has not committed this offer yet. Wait for its commitment, or ask for it.",
    "not_the_giver": "Only the service that sends the experts may say this. Ask that service.",
    "no_such_terms": "There are no such terms that both sides could stand by. Propose terms first.",
    "not_the_lead": "Only the leading agency, or who opened it, may say this. Ask that agency.",
    "no_such_task": "There is no such task here, or it is not your agency’s to change. Choose one that is shown.",
    "no_such_result": "There is no such result here, or it is not your agency’s to change. Choose one that is shown.",
    "unit_differs": "Kind, unit, currency, substance or count do not go together. Correct the one that does not fit.",
    "not_the_holder": "Your agency does not hold this exhibit by the entry named. Open the exhibit to see who holds it.",
    "no_such_transfer": "There is no such handover of this exhibit. Choose one that waits for your agency.",
    "disposed": "The exhibit was disposed of: nobody hands it over or receives it any more.",
    "not_announced": "Both agencies first announce their sets for this round. Announce yours, or wait for the other’s.",
    "wrong_round": "The number of the round does not follow the last one. Leave it out: the next number is given by itself.",
    "self_introduction": "An agency cannot introduce itself or the one it speaks to. Name a third agency.",
}

ARRIVAL: Mapping[str, str] = {
    "unreadable": "The header of the entry cannot be read. It is kept as it came, its author’s node was told; ask for it to be made again.",
    "body_unreadable": "The content of the entry cannot be read. Its author’s node was told; ask for it to be made again.",
    "unknown_dossier": "The entry belongs to a dossier that does not exist here. Ask its author to send the dossier’s first entry.",
    "unknown_kind": "The entry is of a kind of dossier that this version does not know. It is kept and read again after an upgrade.",
    "unknown_type": "The entry is of a type that this version does not know. It is kept and read again after an upgrade.",
    "above_limit": (
        "The entry was classified above the limit of this node; its content was destroyed on arrival. Arrange another channel "
        "with its author."
    ),
    "refused_by_rule": "The entry breaks a rule of its dossier. It is kept and shown as refused, with the reason.",
    "no_legal_basis": (
        "No article of an agreement in force here allows this entry. It is kept; settle the agreement with its author before using it."
    ),
    "suspended": "The relation is suspended: only recalls, corrections, erasures and ends pass. Resume it to let the rest through.",
    "clock_off": "The date of the entry is more than a day away from the clock here. Compare the clocks of both nodes.",
    "clock_differs": "The date of the entry is more than a day away from the clock here. Compare the clocks of both nodes.",
    "attachment_missing": "An attachment of the entry has not arrived. It is asked for again by itself.",
    "attachment_refused": (
        "An attachment of the entry was not accepted: it is too large or does not match its fingerprint. Ask its author to send it again."
    ),
    "stale_key": "The entry was sealed with a key that has been replaced. The partner’s node seals it again by itself.",
    "foreign_author": "The entry came in the log of an agency that did not make it. It is set aside; tell the administrator.",
    "foreign_audience": "The entry is not addressed to this agency. It is set aside; tell the administrator.",
    "foreign_run": "The entry names a run of its author’s log that does not exist yet. It is set aside; tell the administrator.",
    "taken": (
        "The entry came first by another way and was set aside; it has been taken since it came from its author. Nothing needs to be done."
    ),
    "waiting": "The entry waits for an earlier one that has not arrived. Nothing needs to be done.",
}
