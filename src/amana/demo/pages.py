# SPDX-License-Identifier: EUPL-1.2
"""The pages in the demonstration's own process: made ready before any journal is, and the start page while the nodes stay up.

Django is configured once in a process, and with the pages only if they come first. Static files are made once on a
machine, before the four nodes would wait for each other to make them.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.conf import settings

from amana.demo.agencies import AGENCIES
from amana.demo.scene import Scene
from amana.demo.setting import url_of
from amana.phrases import tell
from amana.web.assets import find_assets, prepare_assets
from amana.web.settings import PagesSettings, configure

NO_DATABASE = "start.db"  # named and never made: the start page keeps nothing


def prepare_pages(home: Path, language: str, say: Callable[[str], None]) -> None:
    """Django with the pages, unless this process has it already, and the static files, made where they are missing."""
    assets = find_assets()
    assets.generated.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not settings.configured:
        secret = secrets.token_urlsafe(48)
        configure(
            PagesSettings(database=home / NO_DATABASE, secret=secret, cookie="start", static=assets.static, generated=assets.generated)
        )
    if not assets.ready.exists():
        say(tell(language, "The pages are made ready: fonts and style sheets, once on this machine. This takes some ten seconds."))
    prepare_assets(assets)


@contextmanager
def start_page(scene: Scene, ports: Sequence[int], port: int, closing: ExitStack) -> Iterator[str]:
    """Serve the start page; its address. Raises OperatorFault `port_in_use`."""
    from amana.demo.guide.backstage import Backstage
    from amana.demo.guide.serving import serving
    from amana.demo.guide.showing import Stage
    from amana.demo.guide.site import Site

    nodes = {str(agency.code): url_of(one) for agency, one in zip(AGENCIES, ports, strict=True)}
    stage = Stage(nodes=nodes, dossiers=scene.dossiers, backstage=Backstage(scene, closing))
    with serving(Site(stage, scene.language).app, port) as address:
        yield address
