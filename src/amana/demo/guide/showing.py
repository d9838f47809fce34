# SPDX-License-Identifier: EUPL-1.2
"""What the start page shows, put together for its templates; the same for the whole page and for the part that renews itself."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine
from django.templatetags.static import static

from amana.demo.agencies import AGENCIES, Agency
from amana.demo.guide.addresses import entrance, page_address
from amana.demo.guide.backstage import PARIS, RABAT, AgencyNow, Backstage, Doing
from amana.demo.guide.steps import STEPS, Look, link_of
from amana.node.queries.inbox import UNIT
from amana.phrases import About, Words, error_sentence, label, sentence
from amana.phrases.telling import REFERENCE
from amana.web.frame import SHEETS, band
from amana.web.html import direction
from amana.web.settings import LANGUAGES, WEB

TEMPLATES = Path(__file__).parent / "templates"
OWN_SHEET = "/start/start.css"
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What the start page is about: the nodes' addresses, the entries of the play, and what can be done."""

    nodes: Mapping[str, str]  # an agency's code: where its pages are
    dossiers: Mapping[str, str]  # "chapter/name" of the paper that opened it: its id, hex
    backstage: Backstage


def show_start(stage: Stage, language: str, token: str, ticked: Collection[str]) -> str:
    """The whole page."""
    shown = show_frame(language, token) | _now(stage, language) | {"steps": steps(stage, language, ticked), "all": len(STEPS)}
    return _render("guide/start.html", shown | {"ticked": sum(1 for step in STEPS if step.name in ticked)})


def show_now(stage: Stage, language: str, token: str, seen: str) -> str:
    """The part that renews itself, or nothing where it would be what was seen."""
    now = _now(stage, language)
    return "" if now["seen"] == seen else _render("guide/now.html", show_frame(language, token) | now)


def show_failed(language: str, what: str) -> str:
    """A page for what does not exist or was not accepted."""
    return _render("guide/failed.html", show_frame(language, "") | {"what": what})


def show_frame(language: str, token: str) -> Plain:
    """What stands around."""
    return {
        "language": language,
        "dir": direction(language),
        "languages": [{"code": code, "name": name, "address": f"/{code}/", "current": code == language} for code, name in LANGUAGES],
        "sheets": [*(static(f"desk/{name}.css") for name in SHEETS), OWN_SHEET],
        "demonstration": True,
        "band": band(language),
        "csrf_token": token,
        "person": None,
        "home": f"/{language}/",
        "zone": None,
        "now": int(time.time() * 1000),
    }


def steps(stage: Stage, language: str, ticked: Collection[str]) -> list[Plain]:
    """The walk, in the reader's language."""
    shown = []
    for number, step in enumerate(STEPS, 1):
        first, *others = [_look(stage, language, look) for look in step.looks]
        told = step.told(language)
        shown.append(
            {"number": number, "name": step.name, "first": first, "others": others, "ticked": step.name in ticked}
            | {"title": told.title, "story": told.story, "look_for": told.look_for}
        )
    return shown


def _look(stage: Stage, language: str, look: Look) -> Plain:
    post = next(post for agency in AGENCIES if agency.code == look.agency for post in agency.posts if post.account == look.account)
    return {"agency": look.agency, "post": post, "address": link_of(look, language, stage.nodes, stage.dossiers)}


def _now(stage: Stage, language: str) -> Plain:
    """The agencies as they stand, what can be done, and what is or was being done."""
    backstage = stage.backstage
    standing = {now.code: now for now in backstage.agencies()}
    doing, possible = backstage.doing, backstage.possible()
    seen = hashlib.sha256(repr((standing, doing, possible, backstage.altered)).encode()).hexdigest()[:16]
    return {
        "agencies": [_agency(stage, language, agency, standing[agency.code]) for agency in AGENCIES],
        "acts": dict.fromkeys(possible, True),
        "busy": doing is not None and not doing.over,
        "doing": _doing(stage, language, doing) if doing is not None else None,
        "partner": PARIS,
        "waiting": standing[PARIS].waiting,
        "inbox": entrance(language, stage.nodes[PARIS], "liaison", page_address(language, "inbox", {}, {"view": UNIT})),
        "seen": seen,
        "altered": backstage.altered,
    }


def _agency(stage: Stage, language: str, agency: Agency, now: AgencyNow) -> Plain:
    address = stage.nodes[agency.code]
    posts = [
        {"post": post, "role": label(language, "role", post.role), "address": entrance(language, address, post.account)}
        for post in agency.posts
    ]
    return {"code": agency.code, "name": agency.names[language], "up": now.up, "waiting": now.waiting, "posts": posts}


def _doing(stage: Stage, language: str, doing: Doing) -> Plain:
    shown: Plain = {"what": doing.what, "over": doing.over, **doing.facts}
    if doing.failed is not None:
        shown["failed"] = error_sentence(language, doing.failed)
    if "finding" in shown:
        shown |= {"entry": shown["entry"][:REFERENCE], "sentence": sentence(language, shown["finding"], {}, About.CHECK)}
    if doing.over and "dossier" in shown:
        named = {"dossier": shown["dossier"]}
        at = PARIS if not shown["waiting"] else RABAT
        account = "liaison" if at == PARIS else "stups"
        shown["address"] = entrance(language, stage.nodes[at], account, page_address(language, "dossier", named, {}))
        shown["at"] = at
    if "seconds" in shown:
        written = f"{shown['seconds']:.1f}"
        shown["seconds"] = Words(written if language == "en" else written.replace(".", ","))
    return shown


def _render(template: str, shown: Plain) -> str:
    return str(_engine().get_template(template).render(Context(shown)))


@cache
def _engine() -> Engine:
    return Engine(
        dirs=[str(TEMPLATES), str(WEB / "templates")],
        builtins=["amana.web.templatetags.words", "django.templatetags.static"],
    )
