# SPDX-License-Identifier: EUPL-1.2
"""What a person wanted to do and may not, with the rule and the way out; and what is missing for a flow."""

from __future__ import annotations

from collections.abc import Mapping

ACT: Mapping[str, str] = {
    "table_column": "The table has no column {column}. Name it in the first line.",
    "table_too_long": "The table has more than {most} lines. Divide it.",
    "table_empty": "The column {column} is empty in this line. Fill it in.",
    "table_twice": "There is a venue named {value} already. Give this one another name, or take the line out.",
    "table_venue": "There is no venue named {value}. Add it to the table of venues, or correct the name.",
    "table_nation": "{value} is no country code. Write two letters, such as MA or FR.",
    "table_choice": "{value} is not among the values of the column {column}. The page lists them.",
    "table_number": "{value} is no number that fits the column {column}. Correct it.",
    "table_moment": "{value} is no date and hour in the column {column}. Write it as 2024-07-26 20:00.",
    "bad_point": "Point {number} cannot be compared. Give a place with its hours (at most 72), or a number as it is written.",
    "line_needs_words": "A line of the log needs a category and words. Choose one and write what happened.",
    "operation_not_prepared": "Not yet: what is missing first is {gate}. The page of the operation says whose turn it is.",
    "not_of_the_operation": "{partner} takes no part in this operation. Choose the receivers among its parties.",
    "not_of_the_event": "{partner} takes no part in this event. Choose the receivers among those who take part in it.",
    "not_found": (
        "There is no such dossier, entry or draft that you may see. Check the reference, or ask your supervisor to assign it to you."
    ),
    "unknown_officer": "There is no account {account} on this node. The administrator adds one with `amana officer DIR add`.",
    "unknown_role": "There is no role {role}. The roles are desk, supervisor and administrator.",
    "no_unit": "An officer who works in dossiers belongs to at least one unit. Name it with --unit.",
    "bad_officer": "The account cannot be kept as given. An account has at most 32 small letters, digits, dots, dashes or underscores.",
    "bad_action": "The action does not have the form it needs: {why}. The files in examples/actions show every kind of action.",
    "unknown_action": "There is no such action. An action is `<kind>.<type>` for an entry, or note, assign, release, discard.",
    "bad_id": "The reference given as {what} is not one. References are copied whole, as they are shown.",
    "bad_date": "The date given as {what} is not one. Write it as year, month and day, such as 2026-11-23.",
    "bad_level": "There is no such classification. Choose unmarked, restricted, confidential, secret or top_secret.",
    "bad_marking": (
        "One of the handling conditions is not in its list. Handling codes are H0 to H3; look up TLP labels and purposes in "
        "the documentation."
    ),
    "bad_values": "The values do not fit {what}: look at {where}. The files in examples/actions show what fits.",
    "bad_item": "The {what} of an item is not one of those there are. Grades run from A1 to X4; categories are those of the documentation.",
    "unknown_item_type": (
        "There is no such type of item. Choose person, document, vehicle, phone, account, place, vessel, organisation, event "
        "or cyber_observable."
    ),
    "unknown_area": "There is no such crime area. Choose one of the areas of the vocabulary.",
    "text_needed": "There is no text. Write what is to be kept.",
    "unit_needed": "Nothing says to whom the dossier is to be assigned. Name a unit or an officer.",
    "not_in_unit": "That officer does not work in this unit. Choose an officer of the unit, or another unit.",
    "foreign_unit": "You do not work in the unit {unit}. Open the dossier in a unit of your own.",
    "text_released": (
        "The text in this language is released, or will be when its embargo is over. To change it before that, take an approval back."
    ),
    "already_sent": "This form was sent before and became the entry {entry}. Nothing was sent a second time.",
    "draft_ended": "The draft was released or discarded before. Write a new one.",
    "own_draft": "Four-eyes release: a second person releases what you wrote. Ask a colleague of your unit.",
    "automatic_entry": "Nodes make this type of entry by themselves. Nothing needs to be sent by hand.",
    "account_closed": "The account {account} is closed. The administrator opens it again with a new invitation.",
    "account_known": "There is an account {account} already. Open it to change it, or choose another name.",
    "card_unreadable": (
        "This does not hold a card. Paste the whole text between the lines BEGIN AMANA CARD and END AMANA CARD, or choose the file."
    ),
    "no_such_reference": "No dossier that this partner is a party of has the reference {reference}. Ask the officer for it again.",
    "last_administrator": (
        "{account} is the last administrator of this node. Give another account that role first; nobody could look after the machine."
    ),
    "supervisor_only": (
        "This binds the agency, so a supervisor says it. Prepare it as a draft; your supervisor finds it under drafts and releases it."
    ),
    "bad_invitation": (
        "The account and the invitation do not belong together, or the invitation was used or is more than three days old. Check both, "
        "or ask the administrator for a new invitation."
    ),
    "bad_code": "That was not the code your device shows now. Wait for the next one, check the device’s clock, and type it in.",
    "dossier_needed": "This type of entry belongs in a dossier. Name the dossier.",
    "has_left": "{partner} has left this dossier and gets no more of it. Address the entry to those who are still there.",
    "no_receiver": "Nobody would receive the entry. Name at least one partner.",
    "unknown_reference": (
        "The entry speaks of an entry that is not here or not placed yet. Wait until it has arrived, or correct the reference."
    ),
    "unknown_partner": "{partner} is no partner of this node. The administrator adds its card with `amana partner DIR add`.",
    "partner_not_confirmed": (
        "The safety number of {partner} has not been compared yet, so nothing is exchanged. Two people compare it, then `amana "
        "partner DIR confirm`."
    ),
    "partner_suspended": (
        "The relation with {partner} is suspended: only recalls, corrections, erasures and ends are sent. The administrator can resume it."
    ),
    "kind_not_spoken": "The node of {partner} does not know this kind of dossier. Ask the partner to upgrade, or use another channel.",
    "own_card": "This is this node’s own card. Bring in the card that the partner gave you.",
    "partner_known": (
        "Another card of {partner}, number {number}, is held already. A newer card comes in by itself with the next exchange; "
        "do not add it by hand."
    ),
    "safety_number_differs": (
        "This is not the safety number of {agency}. Do not confirm. Call the partner again on a number you know; if it still "
        "differs, the card is not theirs."
    ),
    "safety_number_form": "This is not a safety number. It has eight groups of five digits; type what the partner reads to you.",
    "above_limit": (
        "The entry is marked {got}; this node handles up to {limit}. Arrange another channel, or mark what you write lower if "
        "that is right."
    ),
    "above_level_limit": "The content is marked {got}; this node handles up to {limit}. Arrange another channel.",
    "weaker_than_sources": "The marking is weaker than that of the sources: {field}. Mark it at least as strictly, or ask the originator.",
    "not_printable": "Entry {number} may not be printed: {because}. Ask {ask} for permission first.",
    "not_a_letter": "Entry {number} was set aside unread and cannot be printed as a letter. Print the dossier.",
    "no_sources": "Nothing says from what the content is derived. Name at least one source.",
    "step_too_large": "What waits is too large to be sent at once: {entries} entries, {size} bytes. Tell the administrator.",
    "entry_too_large": (
        "The entry is larger than an entry may be: {got} bytes of {limit}. Shorten the text, or split it over several entries."
    ),
    "attachment_name": (
        "The file’s name cannot be kept: it has parts of a path, signs that cannot be seen, or is too long. Give the file a plain name."
    ),
    "attachment_type": (
        "This type of file does not travel. PDF, pictures, plain text, tables, office documents, letters and zip archives do; "
        "programs, scripts and web pages do not."
    ),
    "attachment_content": "The file is not what its type {type} says. Choose the type that it has, or convert the file.",
    "wording_too_long": (
        "The wording is longer than a text’s wording may be: {got} bytes of {limit}. Shorten it, or lay down the details in a "
        "supplementary arrangement."
    ),
    "clause_twice": "The clause {clause} is there twice in one language. Give each clause a number of its own.",
    "clause_empty": "The clause {clause} has neither title nor text. Write it, or leave it out.",
    "attachment_too_large": "The file is larger than a file may be: {got} bytes of {limit}. Split it, or make it smaller.",
    "attachments_too_large": (
        "The files together are larger than one entry may carry: {got} bytes of {limit}. Split them over several entries."
    ),
    "too_many_attachments": "One entry carries at most {limit} files. Split them over several entries.",
    "too_many_staged": "More than {limit} files of yours lie ready. Send some of them, or take some back.",
    "attachment_unknown": (
        "This file does not lie ready for you: it was sent, taken back, or kept unsent for more than 30 days. Add it again."
    ),
    "attachment_not_here": "The file has not arrived whole yet. It comes by itself; try again later.",
    "no_preview": "A file of this type is not shown here. Save it, and open it where your agency opens files from outside.",
    "preview_failed": (
        "The file cannot be shown: it is damaged, too large, or took too long to draw. Save it, and open it where your agency opens "
        "files from outside."
    ),
    "preview_busy": "Too many files are being drawn at the moment. Try again in a minute.",
    "not_introduced_for": (
        "{introducer} introduced {agency} for other dossiers than this one. Compare the safety number of {agency}, or ask to "
        "be introduced for this dossier."
    ),
    "introduction_over": (
        "The introduction of {agency} by {introducer} ended on {until}. Compare the safety number of {agency}, or ask for a "
        "new introduction."
    ),
    "administrator_only": "Only the administrator of the node may change the relation with a partner. Ask the administrator.",
    "one_partner_needed": "This concerns the relation with one partner and no dossier. Name exactly one partner, and no dossier.",
    "reference_not_shared": (
        "The entry speaks of an entry that one of its addressees does not hold. Address it to those who hold it, or leave the "
        "reference out."
    ),
    "no_mark": "No mark was given yet. Give at least one.",
    "comparison_too_many": (
        "At most {limit} items are compared in private at a time; here are {got}. Choose those that matter for this operation."
    ),
    "comparison_nothing": "There is nothing to compare. Choose at least one item.",
    "pack_empty": "Nothing of this case may leave in this way. Ask the originators for their permission, or name another receiver.",
    "pack_too_large": "The case is too large for one pack: at most {limit} bytes. Make packs of its parts.",
    "pack_own": "A pack is made for another agency; your own dossiers are here already.",
    "pack_for_other": "This pack was made for {agency} and for nobody else. Ask its maker for one that is made for you.",
    "pack_other_identity": (
        "In this pack {agency} stands by another identity key than the one that you compared with it. The pack is not taken in. Call "
        "the agency on a number that you know."
    ),
    "pack_known": "This pack is here already.",
}

WARNING: Mapping[str, str] = {
    "likely_duplicate": "Something in this entry also occurs in another dossier that you may see. Look there before going on.",
}

FLOW: Mapping[str, str] = {
    "no_agreement": "No agreement with these partners covers this flow. Propose one, or name the one that does.",
    "not_a_party": "{agency} is no party of the agreement. Choose an agreement to which all addressees are parties.",
    "agreement_ended": "The agreement ended on {since}. Propose a new one.",
    "agreement_expired": "The agreement was valid until {since}. Propose an amendment that prolongs it.",
    "form_not_covered": "The agreement does not provide for this form of cooperation: {form}. Propose an amendment that adds it.",
    "area_not_covered": (
        "No article in force covers this area: {area}. Propose a supplementary arrangement; sending opens as soon as all have consented."
    ),
    "article_not_covering": (
        "No article of the agreement allows {form} in this area: {area}. Name another article, or propose an amendment."
    ),
    "agreement_suspended": "{agency} has suspended the agreement. Sending opens when {agency} resumes it.",
    "agreement_not_consented": "The agreement awaits the consent of {agency}. Sending opens as soon as it has consented.",
    "agreement_not_in_force_yet": "The agreement enters into force on {from}. Sending opens then.",
}
