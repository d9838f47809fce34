# SPDX-License-Identifier: EUPL-1.2
"""Every address of the pages, each with the roles that may open it; the table of permissions is made from `PAGES`."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, path

from amana.web.accounts.pages import PAGES as ACCOUNTS
from amana.web.agreements.pages import PAGES as AGREEMENTS
from amana.web.assessments.pages import PAGES as ASSESSMENTS
from amana.web.briefing.pages import PAGES as BRIEFING
from amana.web.calendar.pages import PAGES as CALENDAR
from amana.web.communiques.pages import PAGES as COMMUNIQUES
from amana.web.decisions.pages import PAGES as DECISIONS
from amana.web.desk_acts.pages import PAGES as DESK_ACTS
from amana.web.doors import ANYBODY, EVERYONE, Page
from amana.web.dossiers.pages import PAGES as DOSSIERS
from amana.web.events.pages import PAGES as EVENTS
from amana.web.experts.pages import PAGES as EXPERTS
from amana.web.inbox.pages import PAGES as INBOX
from amana.web.machine.pages import PAGES as MACHINE
from amana.web.meetings.pages import PAGES as MEETINGS
from amana.web.operations.pages import PAGES as OPERATIONS
from amana.web.packs.pages import PAGES as PACKS
from amana.web.partners.pages import PAGES as PARTNERS
from amana.web.registers.pages import PAGES as REGISTERS
from amana.web.searching.pages import PAGES as SEARCHING
from amana.web.sign_in import views as sign_in
from amana.web.streaming import stream
from amana.web.writing.pages import PAGES as WRITING

SIGN_IN = (
    Page(name="home", route="", view=sign_in.home, roles=ANYBODY),
    Page(name="sign_in", route="sign-in/", view=sign_in.sign_in, roles=ANYBODY, methods=("GET", "POST")),
    Page(name="sign_out", route="sign-out/", view=sign_in.sign_out, roles=EVERYONE, methods=("POST",)),
    Page(name="first", route="first/", view=sign_in.first, roles=ANYBODY, methods=("GET", "POST")),
    Page(name="first_password", route="first/password/", view=sign_in.first_password, roles=ANYBODY, methods=("GET", "POST")),
    Page(name="first_code", route="first/code/", view=sign_in.first_code, roles=ANYBODY, methods=("GET", "POST")),
    Page(name="enter", route="demonstration/<slug:account>/", view=sign_in.enter, roles=ANYBODY, about="account"),
)
RELATIONS = (*AGREEMENTS, *PARTNERS, *MACHINE, *ACCOUNTS)  # first: the form of an agreement is not the general one
FRAME = (Page(name="stream", route="stream/", view=stream, renews=True, roles=EVERYONE),)

MEMORY = (*BRIEFING, *MEETINGS, *DECISIONS, *COMMUNIQUES, *ASSESSMENTS, *CALENDAR)  # what the committee keeps
PAGES: tuple[Page, ...] = (
    *SIGN_IN,
    *FRAME,
    *RELATIONS,
    *INBOX,
    *REGISTERS,
    *SEARCHING,
    *DESK_ACTS,
    *DOSSIERS,
    *WRITING,
    *MEMORY,
    *EXPERTS,
    *OPERATIONS,
    *EVENTS,
    *PACKS,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", sign_in.root),
    *i18n_patterns(*(page.pattern() for page in PAGES), prefix_default_language=True),
]
handler400 = "amana.web.failing.malformed"
handler403 = "amana.web.failing.forged"
handler404 = "amana.web.failing.absent"
handler500 = "amana.web.failing.broken"
