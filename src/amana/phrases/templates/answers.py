# SPDX-License-Identifier: EUPL-1.2
"""Whole model texts of answers and of questions asked back.

English here, Arabic and French in the catalogues. The places in braces are for the officer to fill in.
"""

from __future__ import annotations

from amana.phrases.templates.drafted import Drafted

ANSWERS: tuple[Drafted, ...] = (
    Drafted(
        code="answer_identification",
        entry_type="information_request.answer",
        serves=(
            "identification",
            "phone_check",
            "core_data",
        ),
        coded={"outcome": "provided"},
        name="answer: person identified",
        text=(
            "In answer to your request, we have the honour to inform you that the checks carried out made it possible "
            "to identify the person described below.\n\n"
            "He or she is known to our services for {record}. The last known address is given below; the sources "
            "consulted are {sources}.\n\n"
            "These elements are sent for police purposes. They may neither be produced in court nor passed on without "
            "our prior agreement."
        ),
    ),
    Drafted(
        code="answer_vehicle",
        entry_type="information_request.answer",
        serves=("vehicle_check",),
        coded={"outcome": "provided"},
        name="answer: vehicle",
        text=(
            "In answer to your request, please find below the result of the checks on the vehicle you described.\n\n"
            "It is registered in the name of {holder} since {date}. Its legal status is as follows: {status}. Its "
            "known border crossings are these: {crossings}.\n\n"
            "These elements are sent for police purposes. They may neither be produced in court nor passed on without "
            "our prior agreement."
        ),
    ),
    Drafted(
        code="answer_document",
        entry_type="information_request.answer",
        serves=("document_check",),
        coded={"outcome": "provided"},
        name="answer: document",
        text=(
            "In answer to your request, we have the honour to inform you of the result of the checks on the document "
            "you described.\n\n"
            "Its number was issued on {date} by {authority} to the holder named below. Its present status is as "
            "follows: {status}.\n\n"
            "These elements are sent for police purposes. They may neither be produced in court nor passed on without "
            "our prior agreement."
        ),
    ),
    Drafted(
        code="answer_information",
        entry_type="information_request.answer",
        serves=("information",),
        coded={"outcome": "provided"},
        name="answer: information provided",
        text=(
            "In answer to your request, please find below the elements held by our services: {facts}.\n\n"
            "The reliability of the source and the value of the information are stated for each item. The following "
            "points could not be established: {open_points}.\n\n"
            "These elements are sent for police purposes. They may neither be produced in court nor passed on without "
            "our prior agreement."
        ),
    ),
    Drafted(
        code="answer_operational",
        entry_type="information_request.answer",
        serves=("operational_assistance",),
        coded={"outcome": "provided"},
        name="answer: assistance given",
        text=(
            "In answer to your request, we have the honour to inform you that the assistance you asked for was given "
            "on {date} at {place}.\n\n"
            "Its results are as follows: {results}. The exhibits and records are held by {unit}, to which any request "
            "through the judicial channel may be addressed.\n\n"
            "These elements are sent for police purposes. They may neither be produced in court nor passed on without "
            "our prior agreement."
        ),
    ),
    Drafted(
        code="answer_nothing_held",
        entry_type="information_request.answer",
        coded={"outcome": "nothing_held"},
        name="answer: nothing held",
        text=(
            "In answer to your request, we have the honour to inform you that the checks carried out in our files as "
            "of {date} brought no result: our services hold nothing on the matter.\n\n"
            "We shall not fail to inform you should any element come to our notice."
        ),
    ),
    Drafted(
        code="part_answer",
        entry_type="information_request.part_answer",
        name="partial answer, more follows",
        text=(
            "Without waiting for the outcome of all the checks, please find below the first elements gathered by our "
            "services: {facts}.\n\n"
            "The checks on {open_points} are continuing. The rest of the answer will reach you as soon as possible, in "
            "principle before {deadline}.\n\n"
            "These elements are sent for police purposes. They may neither be produced in court nor passed on without "
            "our prior agreement."
        ),
    ),
    Drafted(
        code="ask_back_details",
        entry_type="information_request.ask_back",
        name="ask for details",
        text=(
            "Your request has had our full attention. To be able to follow it up, we should be grateful for the "
            "following details: {questions}.\n\n"
            "The checks that do not depend on them are being carried out in the meantime."
        ),
    ),
    Drafted(
        code="ask_back_framework",
        entry_type="information_request.ask_back",
        name="ask for the legal framework",
        text=(
            "So that your request can be examined in the light of our law, we should be grateful if you would state "
            "the offence under investigation and its legal qualification, the authority in charge, the part played by "
            "the person concerned and the use intended for the requested elements.\n\n"
            "The following point in particular deserves to be made clear: {questions}."
        ),
    ),
)
