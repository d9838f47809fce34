# SPDX-License-Identifier: EUPL-1.2
"""Vector files: reading and writing. One file is one case; the first line says what is expected (spec/vectors/README.md)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

VECTORS = Path(__file__).parents[2] / "spec" / "vectors"
ACCEPT = "accept"


@dataclass(frozen=True, kw_only=True)
class Case:
    """One vector: `expect` is `accept` or a fault code, `check` the number of the check that fails, 0 for none."""

    name: str
    expect: str
    check: int
    about: str
    fields: dict[str, str]

    def octets(self, field: str) -> bytes:
        return bytes.fromhex(self.fields[field])

    def octet_list(self, field: str) -> list[bytes]:
        """Byte strings separated by commas; `-` is an empty one."""
        value = self.fields[field]
        return [bytes.fromhex(each.strip("-")) for each in value.split(",")] if value else []

    def number(self, field: str) -> int:
        return int(self.fields[field])

    def render(self) -> str:
        head = {"expect": self.expect, **({"check": str(self.check)} if self.check else {}), "about": self.about}
        return "".join(f"{name}: {value}".rstrip() + "\n" for name, value in {**head, **self.fields}.items())


def read_case(path: Path) -> Case:
    lines = [line.partition(":") for line in path.read_text(encoding="utf-8").splitlines()]
    fields = {name: value.strip() for name, _, value in lines}
    if len(fields) != len(lines) or lines[0][0] != "expect":
        raise ValueError(f"{path.name}: the first line is `expect:`, and no field comes twice")
    expect, check, about = fields.pop("expect"), int(fields.pop("check", "0")), fields.pop("about")
    return Case(name=f"{path.parent.name}/{path.stem}", expect=expect, check=check, about=about, fields=fields)


def load_area(area: str) -> list[Case]:
    """All cases of one folder, in order; raises where there is none."""
    paths = sorted((VECTORS / area).glob("*.txt"))
    if not paths:
        raise FileNotFoundError(f"no vectors in {area}")
    return [read_case(path) for path in paths]


def load_keys() -> dict[str, str]:
    """The fields of keys.txt: `<agency>.<use>.seed`, `.ed25519` and `.mldsa`, in hex."""
    lines = (VECTORS / "keys.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split(": ", 1) for line in lines if not line.startswith("#"))
