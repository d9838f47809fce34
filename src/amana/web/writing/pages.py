# SPDX-License-Identifier: EUPL-1.2
"""The addresses of writing and of drafts, with the roles that may open them."""

from __future__ import annotations

from amana.web.doors import Page
from amana.web.writing.releasing import discard_draft, drafts, release, release_draft
from amana.web.writing.views import working_copy, write

PAGES = (
    Page(name="write", route="write/<slug:kind>/<slug:type>/", view=write, about="form"),
    Page(name="working_copy", route="copies/<slug:token>/", view=working_copy, methods=("GET", "POST"), about="copy"),
    Page(name="drafts", route="drafts/", view=drafts),
    Page(name="release", route="drafts/<slug:draft>/", view=release, about="draft"),
    Page(name="release_draft", route="drafts/<slug:draft>/release/", view=release_draft, methods=("POST",), about="draft"),
    Page(name="discard_draft", route="drafts/<slug:draft>/discard/", view=discard_draft, methods=("POST",), about="draft"),
)
