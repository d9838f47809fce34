# SPDX-License-Identifier: EUPL-1.2
"""What a page shows, read from its document: words of another language, what is cut, controls and their names, axe's findings."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it has no types
from playwright.sync_api import Page

from amana.phrases.catalogue import catalogue
from tests.browser.visitor import bare

# what people wrote, codes, and text that says itself that it is of another language
FOREIGN = (
    "bdi, .code, .plate, .txt, kbd, code, textarea, svg, option[value='und'], .seg, .langs, .posts, .mark, .band, [lang='fr'], [lang='en']"
)
READ = """(foreign) => {
  const said = [];
  const dossier = /^[0-9a-f]{64}$/;  // an option that names a dossier has the title that somebody gave it
  const written = (element) => !!element.closest(foreign) || (element.tagName === "OPTION" && dossier.test(element.value));
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, holder = node.parentElement;
    const text = node.textContent.replace(/\\s+/g, " ").trim();
    if (text && !holder.closest("script, style, noscript, template")) said.push([text, written(holder)]);
  }
  for (const element of document.body.querySelectorAll("[aria-label], [title], [placeholder], [alt]"))
    for (const name of ["aria-label", "title", "placeholder", "alt"])
      if (element.getAttribute(name)) said.push([element.getAttribute(name), written(element)]);
  return said;
}"""


def said(page: Page) -> list[tuple[str, bool]]:
    """Every piece of text of a page, and whether it may be of another language."""
    return [(text, foreign) for text, foreign in page.evaluate(READ, FOREIGN)]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def findings(page: Page, *rules: str) -> list[str]:
    """What axe finds wrong, by all its rules or by these."""
    found = Axe().run(page, options={"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}).response["violations"]
    return [f"{one['id']}: {[node['target'] for node in one['nodes']][:4]} {one['help']}" for one in found]


def controls(page: Page) -> list[tuple[str, str]]:
    """Role and accessible name of every control that is shown, as the browser computes them."""
    tree: dict[str, Any] = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    return [(_value(node, "role"), _value(node, "name")) for node in tree["nodes"] if not node["ignored"] and _value(node, "role") in ROLES]


ROLES = frozenset(
    {"link", "button", "textbox", "searchbox", "combobox", "listbox", "checkbox", "radio", "DisclosureTriangle", "spinbutton", "Date"}
)


def _value(node: Mapping[str, Any], name: str) -> str:
    return str(node.get(name, {}).get("value", ""))


@cache
def english_sentences(language: str) -> frozenset[str]:
    """English sentences without places whose wording in `language` is another."""
    held = catalogue(language)
    sentences = [key for key in held._catalog if isinstance(key, str) and key and "{" not in key and "\x04" not in key]  # type: ignore[attr-defined]  # gettext keeps its messages there alone
    return frozenset(bare(one) for one in sentences if held.gettext(one) != one)


def missing(shown: list[tuple[str, str]], agreed: list[list[str]]) -> list[list[str]]:
    """The agreed controls that a page does not have; a count after a name is no part of it."""
    return [
        [role, name] for role, name in agreed if not any(each == role and (called + " ").startswith(f"{name} ") for each, called in shown)
    ]
