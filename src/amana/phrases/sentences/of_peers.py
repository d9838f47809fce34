# SPDX-License-Identifier: EUPL-1.2
"""What was wrong with bytes from outside: they changed nothing; each sentence says what failed and what to do."""

from __future__ import annotations

from collections.abc import Mapping

PEER: Mapping[str, str] = {
    "not_cbor": "What arrived is not in the exchange format. It changed nothing; ask the sender to check its software.",
    "not_canonical": (
        "What arrived is not in the one form that the protocol allows. It changed nothing; ask the sender to check its software."
    ),
    "wording_differs": (
        "The wording of the text is not the one whose fingerprint its terms hold. It is not shown. Ask the partner for the text again."
    ),
    "wrong_shape": (
        "What arrived lacks a part or holds one that does not belong there. It changed nothing; ask the sender to check its version."
    ),
    "too_large": "What arrived is larger than it may be: {got} bytes of {limit}. It changed nothing.",
    "entry_too_large": (
        "An entry that arrived is larger than it may be: {got} bytes of {limit}. It changed nothing; ask its author to split it."
    ),
    "bad_agency_code": "An agency code is not one: small letters, digits and dots, at most 32. Correct it.",
    "signature": (
        "A signature does not verify ({what}, {part}): what arrived was changed on its way or made by somebody else. It "
        "changed nothing; ask the partner by another channel."
    ),
    "key_id": (
        "A signature names another key than the one in the card ({part}). It changed nothing; the partner may have a new card "
        "that has not arrived."
    ),
    "note_form": "A signed head or receipt is not in its one form ({what}). It changed nothing; ask the partner to check its software.",
    "origin_form": "The name of a log is not in its one form. It changed nothing; ask the partner to check its software.",
    "other_log": "What arrived belongs to another log than the one expected, {expected}. It changed nothing.",
    "other_receiver": "A receipt is by another agency than the receiver, {expected}. It changed nothing.",
    "receipt_times": "The two signatures of a receipt give different times. It counts for nothing; ask the partner to check its software.",
    "receipt_without_step": "The partner sent a receipt for something that was not sent to it. It changed nothing; run `amana verify`.",
    "receipt_missing": (
        "The partner says that it has taken what was sent, and signed no receipt for it. It gets nothing more until it does; ask the "
        "partner to check its software."
    ),
    "card_order": "A list in the card of {agency} is not in order. The card was not taken; ask for another one.",
    "keys_not_different": "The card of {agency} uses one key for two purposes. The card was not taken; ask for another one.",
    "next_identity": (
        "The card of {agency} announces its next identity key in a form that is not one. The card was not taken; ask for another one."
    ),
    "next_identity_changed": (
        "The new card of {agency} takes back the identity key that it had announced. The card was not taken; ask the partner "
        "by another channel."
    ),
    "identity_changed": (
        "The card of {agency} has another identity key than the one that was compared. The card was not taken; ask the partner "
        "by another channel."
    ),
    "card_conflict": (
        "{agency} has signed two different cards with number {number}. Both are kept as evidence; ask the partner by another channel."
    ),
    "card_number_lower": "The card of {agency} has number {got}, lower than {held}, which is held. The older card was not taken.",
    "run_lower": (
        "The card of {agency} goes back to run {got} of its logs from {held}. The card was not taken; ask the partner by another channel."
    ),
    "unknown_card": "A message was signed with card {number} of {agency}, which is not held here. It is asked for by itself.",
    "other_agency": "What arrived is of {got}, where {expected} was expected. It changed nothing.",
    "other_card": (
        "What arrived rests on card {got} of {agency}, where {expected} is in force. It changed nothing; the current card "
        "follows by itself."
    ),
    "other_host": "{agency} speaks on behalf of {expected}, and the entry came from {got}. It changed nothing.",
    "self_introduction": "{agency} introduced itself. An introduction is by a third agency.",
    "introduction_over": "The introduction of {agency} ended on {until}. Ask for a new one, or compare the safety number.",
    "dossier_order": "The dossiers in an introduction by {agency} are not in order. It was not taken.",
    "sealing_key": "A sealing key is not sound ({part}). It was not taken; nothing is sealed to it.",
    "sealing_conflict": "{agency} has signed two different sealing keys with one number. Ask the partner by another channel.",
    "sealing_number_lower": "The sealing key of {agency} has number {got}, lower than {held}, which is held. The older one was not taken.",
    "stale_key": "What arrived was sealed with a key that has been replaced. The partner seals it again by itself.",
    "envelope": "A sealed envelope does not open ({why}). It changed nothing; the partner sends it again.",
    "attachment_chunk": "A part of a file does not open or has the wrong length ({why}). It changed nothing; it is asked for again.",
    "attachment_incomplete": "A file lacks parts: {got} of {expected} are there. It is asked for again.",
    "attachment_hash": "A file that arrived is not the one that its entry names. It was destroyed; ask its author to send it again.",
    "header_mismatch": (
        "An entry in an envelope is not the one that its author’s log names. It changed nothing; the partner sends it again."
    ),
    "body_mismatch": "The content of an entry is not the one that its author signed for. It changed nothing; the partner sends it again.",
    "body_missing": "An entry came without content and without a reason for it. It changed nothing; the partner sends it again.",
    "void_with_body": "An entry is declared without content and yet has some. It changed nothing; the partner sends it again.",
    "after_order": "The predecessors of an entry are not in order. It changed nothing; ask its author to make it again.",
    "audience_order": (
        "The addressees of an entry are not in order, or one is named twice. It changed nothing; ask its author to make it again."
    ),
    "author_in_audience": "An entry is addressed to its own author. It changed nothing; ask its author to make it again.",
    "handling_code_order": "The handling codes of an entry are not in order. It changed nothing; ask its author to make it again.",
    "id_length": "A reference in an entry is not whole. It changed nothing; ask its author to make it again.",
    "partnership_shape": (
        "An entry about the relation of two partners names a dossier or others. It changed nothing; ask its author to make it again."
    ),
    "foreign_author": (
        "Among our own entries that came back is one of another agency. Nothing was taken; ask the partner by another channel."
    ),
    "step_start": (
        "What arrived does not follow what was receipted last. It changed nothing; both nodes find the place again by themselves."
    ),
    "step_root": (
        "The entries that arrived do not give the head that was signed. The bytes are kept as evidence; ask the partner by another channel."
    ),
    "step_hash": "A message does not carry the entries that its signature covers. It changed nothing; the partner sends it again.",
    "step_overtaken": "The same entries arrived twice at once; they were taken once. Nothing needs to be done.",
    "equivocation": (
        "The partner has signed two different states of one log at size {size}. Both are kept as evidence; suspend the partner "
        "and ask by another channel."
    ),
    "not_equivocation": "The evidence does not show two contradicting signed states. It proves nothing.",
    "evidence_form": "The evidence file is not in its one form. It proves nothing; ask for the unchanged file.",
    "step_not_carried": "The evidence lacks the message that carried the signed step. It proves nothing; ask for the unchanged file.",
    "consistency": "A proof that a log only grew does not hold. It proves nothing; ask for a new one.",
    "inclusion": "A proof that an entry is in a log does not hold. It proves nothing; ask for a new one.",
    "frontier": "The stored position of a log is damaged. Run `amana verify`.",
    "unknown_partner": (
        "A message claims to be from an agency that is no confirmed partner. It was not read; if you know the agency, add its "
        "card and compare the safety number."
    ),
    "wrong_receiver": "A message for {got} arrived here. It changed nothing; the sender has a wrong address.",
    "wrong_sender": "A message of {got} came in the place of one by {expected}. It changed nothing.",
    "other_request": (
        "A response answers another request than the one that was sent. It changed nothing; the exchange is repeated by itself."
    ),
    "other_run": (
        "The partner speaks of run {got} of its log, where {expected} is in force. It changed nothing; its new card follows by itself."
    ),
    "offer_hash": "A message does not hold what its signature covers. It changed nothing; the partner sends it again.",
    "foreign_challenge": "A message holds a challenge that this node did not make. It changed nothing; the exchange is repeated by itself.",
    "replayed": (
        "A message arrived that was received before. It changed nothing; if this repeats itself, somebody sends old messages again."
    ),
    "no_pack": "This file is no pack. Choose the file that the maker of the pack gave you.",
    "pack_form": "This pack is damaged: its parts are not in their form and order. Do not rely on it; ask its maker for it again.",
    "pack_seal": (
        "This pack is not the one that its maker sealed: something in it was changed. Do not rely on it; ask its maker for it again."
    ),
    "pack_place": "In this pack an entry is not where its author’s log must have it. Do not rely on the pack; ask its maker for it again.",
    "pack_body": "In this pack a content is not the one that its author committed to. Do not rely on the pack; ask its maker for it again.",
    "pack_entry": (
        "In this pack an entry does not belong to the case, or stands twice. Do not rely on the pack; ask its maker for it again."
    ),
    "comparison_count": (
        "In a private comparison {got} elements came where {expected} were announced. Nothing was compared; ask the partner to begin again."
    ),
    "comparison_element": (
        "In a private comparison an element is malformed or stands twice. Nothing was compared; ask the partner to begin again."
    ),
    "comparison_index": (
        "In a private comparison the partner’s index is not in its order, or not as long as announced. Nothing was compared; "
        "ask the partner to begin again."
    ),
    "comparison_proof": (
        "In a private comparison the partner did not use the key that it had announced. Nothing was compared; speak with the partner."
    ),
    "comparison_opening": "The set shown is not the one that was fixed before the private comparison.",
}
