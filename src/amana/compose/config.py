# SPDX-License-Identifier: EUPL-1.2
"""The one configuration of a node: `node.toml` in its directory, read once; an unknown key refuses to start.

Secrets are named by path only. `amana init` writes the file; a running node never does.
"""

from __future__ import annotations

import json
import tomllib
import zoneinfo
from collections.abc import Mapping
from datetime import tzinfo
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from amana.dossiers.registry import find_entry_type
from amana.node.context import NodeSettings
from amana.protocol.errors import OperatorFault
from amana.protocol.identifiers import AgencyCode, AgencyCodeField, CodeField
from amana.protocol.marking import Level

CONFIG_NAME = "node.toml"
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
LEVELS = {level.name.lower(): level for level in Level}


UnitName = Annotated[str, Meta(min_length=1, max_length=100)]


class UnitNames(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a unit is called, whole: "Drugs unit", not "drugs"."""

    ar: UnitName
    fr: UnitName
    en: UnitName


class NodeConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `node.toml` holds. Paths are relative to the node directory."""

    code: AgencyCodeField
    port: Annotated[int, Meta(ge=1, le=65535)]
    listen: str = "127.0.0.1"
    database: str = "node.db"
    fence: str = "fence"
    working_keys: str = "node.key"
    identity_key: str = "identity.key"
    key_passphrase_file: str = ""
    limit: str = "restricted"
    desk_unit: Annotated[str, Meta(pattern=r"^[a-z0-9_]+\Z")] = "desk"
    four_eyes: tuple[str, ...] = ()
    quarantine_per_hour: Annotated[int, Meta(ge=1, le=100_000)] = 120
    pages: bool = True
    pages_database: str = "desk.db"
    pages_hosts: tuple[str, ...] = ()
    time_zone: str = ""
    demonstration: bool = False
    unit_names: dict[CodeField, UnitNames] = {}  # by code; msgspec makes a new one for each node

    def unit_name(self, language: str, code: str) -> str:
        """What a unit is called; the code itself where it has no name."""
        names = self.unit_names.get(code)
        return code if names is None else {"ar": names.ar, "fr": names.fr}.get(language, names.en)

    @property
    def zone(self) -> tzinfo | None:
        """Where the readers of the pages sit; None: the zone of this machine. Raises OperatorFault `bad_config`."""
        if not self.time_zone:
            return None
        try:
            return zoneinfo.ZoneInfo(self.time_zone)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise OperatorFault("bad_config", key="time_zone", got=self.time_zone[:50]) from error

    def require_sane(self) -> None:
        """What one key alone cannot say. Raises OperatorFault `bad_config`."""
        self.settings()
        _ = self.zone
        if self.demonstration and (self.listen not in LOOPBACK or self.pages_hosts):  # its pages let everybody in
            raise OperatorFault("bad_config", key="demonstration", got=" ".join([self.listen, *self.pages_hosts])[:50])

    def settings(self) -> NodeSettings:
        """What the node layer needs of it. Raises OperatorFault `bad_config`."""
        level = LEVELS.get(self.limit)
        if level is None:
            raise OperatorFault("bad_config", key="limit", expected=" ".join(LEVELS))
        for name in self.four_eyes:  # a name misspelt would leave one pair of eyes, unnoticed
            if find_entry_type(*(name.partition(".")[::2])) is None:
                raise OperatorFault("bad_config", key="four_eyes", got=name[:100])
        return NodeSettings(
            limit=level,
            desk_unit=self.desk_unit,
            four_eyes=frozenset(self.four_eyes),
            supervisors_bind=True,
            quarantine_per_hour=self.quarantine_per_hour,
        )


def load_config(directory: Path) -> NodeConfig:
    """The configuration of a node directory. Raises OperatorFault `no_node_here`, `bad_config`."""
    path = directory / CONFIG_NAME
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise OperatorFault("no_node_here", path=str(directory)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise OperatorFault("bad_config", path=str(path), why=type(error).__name__) from error
    try:
        return msgspec.convert(tomllib.loads(text), NodeConfig)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise OperatorFault("bad_config", path=str(path), why=str(error)) from error


def config_text(
    code: AgencyCode,
    port: int,
    *,
    limit: Level,
    passphrase_file: str,
    four_eyes: tuple[str, ...] = (),
    time_zone: str = "",
    demonstration: bool = False,
    unit_names: Mapping[str, UnitNames] | None = None,
) -> str:
    """A new node's configuration, with the keys that an administrator may want to change."""
    released = ", ".join(f'"{name}"' for name in four_eyes)
    lines = [
        "# An Amana node. Every key is explained in docs/operate/configuration.md; an unknown key refuses to start.",
        f'code = "{code}"',
        f"port = {port}",
        'listen = "127.0.0.1"  # put a TLS proxy in front, or listen where partners reach you',
        f'limit = "{limit.name.lower()}"  # the highest classification that this node accepts',
        'desk_unit = "desk"  # the unit that arriving dossiers belong to until somebody assigns them',
        f'four_eyes = [{released}]  # entry types that a second person releases, e.g. ["information_request.request"]',
    ]
    if time_zone:
        lines.append(f'time_zone = "{time_zone}"  # where the readers of the pages sit')
    if demonstration:
        lines.append("demonstration = true  # everything here is invented: every page says so, and a post is entered by one click")
    if passphrase_file:
        lines.append(f'key_passphrase_file = "{passphrase_file}"  # or hand it over by the service manager')
    for unit, names in (unit_names or {}).items():  # tables come last: what follows one belongs to it
        lines += ["", f"[unit_names.{unit}]", *(f"{name} = {_quoted(text)}" for name, text in msgspec.structs.asdict(names).items())]
    return "\n".join([*lines, ""])


def _quoted(text: str) -> str:
    """A string as TOML writes it; its basic strings are those of JSON, but for one more control character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
