# SPDX-License-Identifier: EUPL-1.2
"""Whole model texts of reasoned refusals, one for each code.

English here, Arabic and French in the catalogues. The places in braces are for the officer to fill in.
"""

from __future__ import annotations

from amana.phrases.templates.drafted import Drafted

REFUSALS: tuple[Drafted, ...] = (
    Drafted(
        code="refuse_not_available",
        entry_type="information_request.refuse",
        coded={"code": "not_available"},
        name="refusal: information not available",
        text=(
            "We have the honour to inform you that your request cannot be met: the requested information is not held "
            "by our services, nor can it be obtained by the means that the law gives them. {details}\n\n"
            "We regret this and remain at your disposal for any other form of cooperation."
        ),
    ),
    Drafted(
        code="refuse_authorisation_refused",
        entry_type="information_request.refuse",
        coded={"code": "authorisation_refused"},
        name="refusal: judicial authorisation refused",
        text=(
            "We have the honour to inform you that the authorisation which our law requires for the requested elements "
            "was asked for on {date} and was not granted by the judicial authority.\n\n"
            "We regret this and remain at your disposal for any other form of cooperation."
        ),
    ),
    Drafted(
        code="refuse_outdated_or_incorrect",
        entry_type="information_request.refuse",
        coded={"code": "outdated_or_incorrect"},
        name="refusal: request rests on incorrect data",
        text=(
            "We have the honour to inform you that your request rests on elements which appear outdated or incorrect: "
            "{details}. It will be examined again on receipt of verified elements.\n\n"
            "We regret this and remain at your disposal for any other form of cooperation."
        ),
    ),
    Drafted(
        code="refuse_disproportionate_or_irrelevant",
        entry_type="information_request.refuse",
        coded={"code": "disproportionate_or_irrelevant"},
        name="refusal: disproportionate or irrelevant",
        text=(
            "We have the honour to inform you that the requested elements appear disproportionate to the stated "
            "purpose, or irrelevant to it, for the following reason: {reason}. A request limited to what is strictly "
            "necessary would be examined with all due attention.\n\n"
            "We regret this and remain at your disposal for any other form of cooperation."
        ),
    ),
    Drafted(
        code="refuse_national_security",
        entry_type="information_request.refuse",
        coded={"code": "national_security"},
        name="refusal: national security",
        text=(
            "We have the honour to inform you that your request cannot be met, since providing the requested elements "
            "would be contrary to essential interests of national security.\n\n"
            "We regret this and remain at your disposal for any other form of cooperation."
        ),
    ),
    Drafted(
        code="refuse_ongoing_investigation_or_safety",
        entry_type="information_request.refuse",
        coded={"code": "ongoing_investigation_or_safety"},
        name="refusal: ongoing investigation or safety of a person",
        text=(
            "We have the honour to inform you that providing the requested elements at this stage would endanger the "
            "success of an ongoing investigation or the safety of a person. The request may be made again from {date}.\n\n"
            "We regret this and remain at your disposal for any other form of cooperation."
        ),
    ),
    Drafted(
        code="refuse_minor_offence",
        entry_type="information_request.refuse",
        coded={"code": "minor_offence"},
        name="refusal: minor offence",
        text=(
            "We have the honour to inform you that the facts described are punishable under our law by a penalty below "
            "the threshold set for this form of cooperation: {law}.\n\n"
            "We regret this and remain at your disposal for any other form of cooperation."
        ),
    ),
    Drafted(
        code="refuse_not_an_offence_here",
        entry_type="information_request.refuse",
        coded={"code": "not_an_offence_here"},
        name="refusal: not an offence under our law",
        text=(
            "We have the honour to inform you that the facts described do not constitute an offence under our law. "
            "Should other circumstances come to light, a new request would be examined without delay. {details}\n\n"
            "We regret this and remain at your disposal for any other form of cooperation."
        ),
    ),
    Drafted(
        code="refuse_other",
        entry_type="information_request.refuse",
        coded={"code": "other"},
        name="refusal: another reason",
        text=(
            "We have the honour to inform you that your request cannot be met for the following reason: {reason}.\n\n"
            "We regret this and remain at your disposal for any other form of cooperation."
        ),
    ),
)
