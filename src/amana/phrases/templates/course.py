# SPDX-License-Identifier: EUPL-1.2
"""Whole model texts for the course of a request: taken in hand, paused, reminded, withdrawn, closed, corrected, recalled.

English here, Arabic and French in the catalogues. The places in braces are for the officer to fill in.
"""

from __future__ import annotations

from amana.phrases.templates.drafted import Drafted

COURSE: tuple[Drafted, ...] = (
    Drafted(
        code="acknowledge",
        entry_type="information_request.acknowledge",
        name="taken in hand",
        text=(
            "We have the honour to acknowledge receipt of your request, which has been taken in hand by {unit}. You "
            "will be kept informed of its progress."
        ),
    ),
    Drafted(
        code="progress",
        entry_type="information_request.progress",
        name="checks in progress",
        text=(
            "The checks requested are in progress: {state}. An answer should reach you by {deadline}, unless unforeseen difficulties arise."
        ),
    ),
    Drafted(
        code="clarify",
        entry_type="information_request.clarify",
        name="details given",
        text=(
            "In answer to your question, we have the honour to give you the following details: {details}.\n\n"
            "We hope that they will enable you to continue the checks, and thank you for your diligence."
        ),
    ),
    Drafted(
        code="pause_judicial",
        entry_type="information_request.pause",
        coded={"code": "judicial_authorisation"},
        name="pause: judicial authorisation asked",
        text=(
            "Providing the requested elements requires, under our law, the authorisation of {authority}, which was "
            "asked for on {date}.\n\n"
            "The time for an answer stands until the decision, of which you will be informed without delay."
        ),
    ),
    Drafted(
        code="unpause_judicial",
        entry_type="information_request.unpause",
        name="authorisation granted, work resumes",
        text=("The judicial authorisation was granted on {date}. The checks are resumed and the time for an answer runs again."),
    ),
    Drafted(
        code="reminder_first",
        entry_type="information_request.reminder",
        name="reminder",
        text=(
            "We take the liberty of recalling our request mentioned above, which to our knowledge has not been "
            "answered so far.\n\n"
            "We should be grateful to be told at what stage the checks are and when an answer may be expected."
        ),
    ),
    Drafted(
        code="reminder_urgent",
        entry_type="information_request.reminder",
        name="pressing reminder",
        text=(
            "The matter of our request has become pressing: {reason}. We should be grateful for an answer, even a "
            "partial one, before {deadline}.\n\n"
            "The elements that are already available may be sent at once."
        ),
    ),
    Drafted(
        code="withdraw",
        entry_type="information_request.withdraw",
        coded={"code": "no_longer_needed"},
        name="request withdrawn",
        text=(
            "Our request mentioned above is no longer needed, for the following reason: {reason}. We thank you for the "
            "work already done and ask you to put an end to the checks."
        ),
    ),
    Drafted(
        code="close_useful",
        entry_type="information_request.close",
        name="thanks: a useful answer",
        text=(
            "Your answer was put to use in the matter concerned and made it possible to {result}.\n\n"
            "We extend to you our sincere thanks for the quality and the speed of your cooperation."
        ),
    ),
    Drafted(
        code="close_little_use",
        entry_type="information_request.close",
        name="closing: an answer of little use",
        text=(
            "We thank you for your answer. It could not be put to full use, for the following reason: {reason}.\n\n"
            "We mention this only so that our exchanges may gain in precision."
        ),
    ),
    Drafted(
        code="reopen",
        entry_type="information_request.reopen",
        name="ask to look again",
        text=("In the light of the following new elements, we should be grateful if you would examine our request again: {details}."),
    ),
    Drafted(
        code="supplement",
        entry_type="information_request.supplement",
        name="further information",
        text=("Further to our previous exchanges, please find below the new elements gathered by our services: {facts}."),
    ),
    Drafted(
        code="correction",
        entry_type="information_request.correction",
        name="correction",
        text=(
            "The entry concerned contained an error: instead of {wrong}, please read {right}.\n\n"
            "We apologise for this error and ask you to correct the data you hold and to inform those to whom you "
            "passed them on."
        ),
    ),
    Drafted(
        code="recall",
        entry_type="information_request.recall_request",
        coded={"code": "incorrect"},
        name="recall of information",
        text=(
            "The information sent in the entry concerned turns out to be incorrect: {reason}. Please make no further "
            "use of it, erase it and confirm that this has been done.\n\n"
            "Should your law require you to keep it, we should be grateful to be told so."
        ),
    ),
    Drafted(
        code="permission_court",
        entry_type="information_request.permission_request",
        coded={"reuse": "court"},
        name="permission to use in court",
        text=(
            "We should be grateful for your agreement that the elements of the entry concerned be produced in court in "
            "the following proceedings: {proceedings}.\n\n"
            "Should your law require a request through the judicial channel, please let us know to which authority it "
            "is to be addressed."
        ),
    ),
    Drafted(
        code="permission_onward",
        entry_type="information_request.permission_request",
        coded={"reuse": "onward_sharing"},
        name="permission to pass on",
        text=(
            "We should be grateful for your agreement that the elements of the entry concerned be passed on to "
            "{agency}, for the following purpose: {purpose}. The same conditions of use would apply to it."
        ),
    ),
)
