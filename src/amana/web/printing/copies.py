# SPDX-License-Identifier: EUPL-1.2
"""A communiqué as plain text and as one HTML page: what is pasted into a mail and what is put on a site.

Both hold what the PDF holds. The text is UTF-8 with marks of direction only at the start of a line that would else begin
from the wrong side; `public_text` passes over them, so a copy keeps its code. The page needs nothing from anywhere: no
script, no picture, no font; everything a person wrote is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from amana.phrases import cleaned, isolated, label, on_one_line, tell
from amana.web.printing.communique import PLACE, Communique, Edition, confirmations, dated, editions_in, official, state_words
from amana.web.printing.sheet import direction, direction_of, french, headed
from amana.web.printing.typesetting import TEMPLATES

LEFT_TO_RIGHT, RIGHT_TO_LEFT = "\u200e", "\u200f"
RULE = "—" * 12
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
STYLE = (TEMPLATES / "communique.css").read_text(encoding="utf-8")


def communique_text(communique: Communique, languages: Sequence[str] = ()) -> str:
    """The editions (or those in `languages`) as plain text, one after the other."""
    editions = ("\n".join(_lines(communique, one)) for one in editions_in(communique, languages))
    return f"\n\n{RULE}\n\n".join(editions) + "\n"


def _lines(communique: Communique, one: Edition) -> Iterator[str]:
    language = one.language
    if communique.demonstration:
        yield _line(language, headed(tell(language, "demonstration, invented data")))
        yield ""
    if not communique.released_at:
        yield _line(language, state_words(communique, language))
        yield ""
    yield _line(language, on_one_line(one.heading))
    if at := dated(communique, one):
        yield _line(language, at)
    for text in one.paragraphs:
        yield ""
        yield from (_line(language, line.strip()) for line in cleaned(text).split("\n"))
    yield ""
    yield _line(language, headed(label(language, "paper", "issued_by")))
    yield from (_line(language, on_one_line(official(communique, code, language))) for code in communique.parties)
    if communique.released_at:
        yield ""
        yield _line(language, state_words(communique, language))
    if one.code:
        yield _line(language, tell(language, "{name}: {value}", name=headed(label(language, "paper", "code")), value=one.code))
        yield from (_line(language, said.replace(PLACE, isolated(language, shown))) for said, shown in confirmations(communique, one))


def _line(language: str, text: str) -> str:
    """A line of its language's direction, whatever stands first in it."""
    way = direction(language)
    if not text or direction_of(text, way) == way:
        return text
    return f"{RIGHT_TO_LEFT if way == 'rtl' else LEFT_TO_RIGHT}{text}"


def communique_html(communique: Communique, languages: Sequence[str] = ()) -> str:
    """The editions (or those in `languages`) as one accessible page."""
    editions = editions_in(communique, languages)
    first = editions[0]
    articles = "\n".join("\n".join(_article(communique, one)) for one in editions)
    return (
        f'<!doctype html>\n<html lang="{first.language}" dir="{direction(first.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_shown(on_one_line(first.heading))}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{articles}\n</main>\n</body>\n</html>\n"
    )


def _article(communique: Communique, one: Edition) -> Iterator[str]:
    language = one.language
    title = f"t-{language}"
    yield f'<article lang="{language}" dir="{direction(language)}" aria-labelledby="{title}">'
    if communique.demonstration:
        yield f'<p class="band">{_shown(headed(tell(language, "demonstration, invented data")))}</p>'
    if not communique.released_at:
        yield f'<p class="draft">{_shown(state_words(communique, language))}</p>'
    yield f'<header>\n<h1 id="{title}">{_written(one, on_one_line(one.heading))}</h1>'
    if at := dated(communique, one):
        yield f'<p class="dated">{_shown(at)}</p>'
    yield "</header>"
    for text in one.paragraphs:
        yield "<p>" + "<br>".join(_written(one, line) for line in cleaned(text).split("\n")) + "</p>"
    yield f"<h2>{_shown(headed(label(language, 'paper', 'issued_by')))}</h2>\n<ul>"
    yield from (f"<li>{_shown(on_one_line(official(communique, code, language)))}</li>" for code in communique.parties)
    yield "</ul>"
    yield from _footer(communique, one)
    yield "</article>"


def _footer(communique: Communique, one: Edition) -> Iterator[str]:
    """Since when it is public and how it is confirmed; a draft has neither."""
    if not communique.released_at:
        return
    language = one.language
    yield f"<footer>\n<p>{_shown(state_words(communique, language))}</p>"
    if one.code:
        yield f'<p>{_shown(headed(label(language, "paper", "code")))} <bdi class="code" dir="ltr">{_shown(one.code)}</bdi></p>'
        for said, shown in confirmations(communique, one):
            whole = f'<bdi dir="ltr">{_shown(shown)}</bdi>'
            yield f"<p>{_shown(said).replace(PLACE, whole)}</p>"
    yield "</footer>"


def _written(one: Edition, text: str) -> str:
    return _shown(french(text) if one.language == "fr" else text)


def _shown(text: str) -> str:
    return escape(text, quote=True)
