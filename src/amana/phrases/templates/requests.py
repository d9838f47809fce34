# SPDX-License-Identifier: EUPL-1.2
"""Whole model texts of requests and notices, as an official writes them to a partner.

English here, Arabic and French in the catalogues. The places in braces are for the officer to fill in.
"""

from __future__ import annotations

from amana.phrases.templates.drafted import Drafted

REQUESTS: tuple[Drafted, ...] = (
    Drafted(
        code="request_identification",
        entry_type="information_request.request",
        serves=("identification",),
        coded={"types": ["identification"], "urgency": "ordinary"},
        name="identification of a person",
        text=(
            "Our services are conducting an investigation into {facts}, in the course of which the person whose "
            "particulars are given below has come to notice.\n\n"
            "We should be grateful if you would let us know whether this person is known to your services and, if so, "
            "send us the full identity, known aliases, last known address, identity and travel documents and, within "
            "the limits of your law, any criminal record.\n\n"
            "The requested information is needed for {purpose}.\n\n"
            "We thank you for your cooperation and remain at your disposal for any further information."
        ),
    ),
    Drafted(
        code="request_phone_check",
        entry_type="information_request.request",
        serves=("phone_check",),
        coded={"types": ["phone_check"], "urgency": "ordinary"},
        name="check of a telephone line",
        text=(
            "In the course of an investigation into {facts}, it appeared that the telephone line given below was used "
            "between {start} and {end}.\n\n"
            "We should be grateful if you would send us the identity of its subscriber and of its actual user, the "
            "date on which it was put into service and any information linking it to matters known to your services.\n\n"
            "Should any of these elements require judicial authorisation under your law, we should be grateful to be "
            "told so.\n\n"
            "We thank you for your cooperation and remain at your disposal for any further information."
        ),
    ),
    Drafted(
        code="request_vehicle_check",
        entry_type="information_request.request",
        serves=("vehicle_check",),
        coded={"types": ["vehicle_check"], "urgency": "ordinary"},
        name="check of a vehicle",
        text=(
            "On {date}, at {place}, our services checked or observed the vehicle described below, in circumstances "
            "connected with {facts}.\n\n"
            "We should be grateful if you would let us know its legal status, the identity of its holder, whether it "
            "is reported stolen or under surveillance, and its known border crossings.\n\n"
            "We thank you for your cooperation and remain at your disposal for any further information."
        ),
    ),
    Drafted(
        code="request_document_check",
        entry_type="information_request.request",
        serves=("document_check",),
        coded={"types": ["document_check"], "urgency": "ordinary"},
        name="check of a document",
        text=(
            "During a check carried out on {date} at {place}, the document described below was presented. It shows the "
            "following anomalies: {anomalies}.\n\n"
            "We should be grateful if you would let us know whether it was issued by your authorities, to whom and "
            "when, and whether it has been reported lost, stolen or invalid.\n\n"
            "We thank you for your cooperation and remain at your disposal for any further information."
        ),
    ),
    Drafted(
        code="request_information",
        entry_type="information_request.request",
        serves=("information",),
        coded={"types": ["information"], "urgency": "ordinary"},
        name="general information",
        text=(
            "Our services are in possession of information according to which {facts}.\n\n"
            "We should be grateful if you would send us any information you hold that confirms, completes or "
            "contradicts it, in particular on the following points: {questions}.\n\n"
            "No use will be made of your answer beyond the purpose of this request without your prior agreement.\n\n"
            "We thank you for your cooperation and remain at your disposal for any further information."
        ),
    ),
    Drafted(
        code="request_urgent",
        entry_type="information_request.request",
        serves=(
            "information",
            "identification",
            "phone_check",
            "vehicle_check",
        ),
        coded={"urgency": "urgent"},
        name="urgent request",
        text=(
            "Our services are faced with the following situation, which admits of no delay: {facts}.\n\n"
            "We should be grateful if you would send us, as a matter of urgency and if possible before {deadline}, the "
            "elements that are directly accessible to you: {questions}. Further elements may follow separately.\n\n"
            "The urgency is due to {reason}. We thank you in advance for your diligence."
        ),
    ),
    Drafted(
        code="request_operational_assistance",
        entry_type="information_request.request",
        serves=("operational_assistance",),
        coded={"types": ["operational_assistance"], "urgency": "ordinary"},
        name="operational assistance",
        text=(
            "In the matter of {facts}, our services request your operational assistance.\n\n"
            "It would consist of {measure}, at {place}, between {start} and {end}. Our contact point for its "
            "preparation is {unit}.\n\n"
            "Any operation on your territory remains under your sole authority and in accordance with your law. We are "
            "ready to hold a coordination meeting at a date of your choice.\n\n"
            "We thank you for your cooperation and remain at your disposal for any further information."
        ),
    ),
    Drafted(
        code="request_core_data",
        entry_type="information_request.request",
        serves=("core_data",),
        coded={"types": ["core_data"], "urgency": "ordinary"},
        name="data after a hit",
        text=(
            "The prior confidential check of {date} showed a match with data held by your services.\n\n"
            "We should be grateful if you would send us the corresponding core data, and state the conditions under "
            "which they may be used. They are needed in the matter of {facts}.\n\n"
            "We thank you for your cooperation and remain at your disposal for any further information."
        ),
    ),
    Drafted(
        code="request_rectify",
        entry_type="information_request.request",
        serves=(
            "rectify",
            "erase",
        ),
        coded={"types": ["rectify"], "urgency": "ordinary"},
        name="rectification or erasure of data",
        text=(
            "It has come to our attention that the following data, sent to you on {date} under reference {reference}, "
            "are inaccurate or may no longer be kept: {details}.\n\n"
            "We should be grateful if you would rectify or erase them, inform those to whom you passed them on, and "
            "confirm that this has been done."
        ),
    ),
    Drafted(
        code="notice_spontaneous",
        entry_type="information_request.notice",
        serves=("spontaneous",),
        coded={"type": "spontaneous"},
        name="spontaneous information",
        text=(
            "Please find below, for any purpose you may find useful, information that has come to the notice of our "
            "services and may be of interest to yours: {facts}.\n\n"
            "No answer is expected. We should be grateful to be told of any use you make of it."
        ),
    ),
    Drafted(
        code="notice_wanted",
        entry_type="information_request.notice",
        serves=("wanted",),
        coded={"type": "wanted"},
        name="wanted person",
        text=(
            "The person described below is wanted by our authorities for {facts}, under the decision of {authority} "
            "dated {date}.\n\n"
            "He or she may be on your territory. Should this person be found, we should be grateful to be informed "
            "without delay, so that the request through the judicial channel can follow. This notice is no request for "
            "arrest."
        ),
    ),
    Drafted(
        code="notice_missing",
        entry_type="information_request.notice",
        serves=("missing",),
        coded={"type": "missing"},
        name="missing person",
        text=(
            "The person described below has been missing since {date} from {place}. There is reason to fear for his or "
            "her safety: {reason}.\n\n"
            "We should be grateful if you would carry out any useful check and inform us without delay of any element "
            "that may help to find this person, while respecting the wish of an adult not to have his or her "
            "whereabouts disclosed."
        ),
    ),
    Drafted(
        code="notice_modus_operandi",
        entry_type="information_request.notice",
        serves=("modus_operandi",),
        coded={"type": "modus_operandi"},
        name="way of working",
        text=(
            "Several recent matters have brought to light the following way of working: {facts}.\n\n"
            "The signs by which it may be recognised are these: {signs}. We should be grateful to be told of any "
            "similar case found by your services."
        ),
    ),
    Drafted(
        code="notice_threat",
        entry_type="information_request.notice",
        serves=("threat",),
        coded={"type": "threat"},
        name="threat",
        text=(
            "Our services hold information on a threat that may concern your territory, your nationals or your "
            "interests: {threat}.\n\n"
            "Our assessment of it is as follows: {assessment}. We remain in permanent contact and shall send you any "
            "new element at once."
        ),
    ),
)
