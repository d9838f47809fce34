# SPDX-License-Identifier: EUPL-1.2
"""Commands as tests give them, with their answers: words, the JSON object on the last line, the exit code."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from amana.cli.main import app
from amana.compose.creating import Wanted, create_node
from amana.protocol.identifiers import AgencyCode
from amana.storage.keyfile import Cost

CHEAP = Cost(lanes=1, memory=1024, passes=1)  # opening the key files is not what these tests are about
NAMES = {
    "ma.dgsn": {"ar": "المديرية العامة للأمن الوطني", "fr": "Direction générale de la Sûreté nationale", "en": "National Security"},
    "fr.dgpn": {"ar": "المديرية العامة للشرطة الوطنية", "fr": "Direction générale de la Police nationale", "en": "National Police"},
}
ISOLATES = dict.fromkeys(map(ord, "\u2066\u2068\u2069"))
HOUR = 3_600_000
AGREEMENT = {
    "action": "agreement.propose",
    "to": ["fr.dgpn"],
    "coded": {
        "areas": ["drugs", "cybercrime"],
        "forms": ["information"],
        "articles": [{"number": "4", "areas": ["drugs"], "forms": ["information"]}],
        "conditions": {"clocks": {"other": 168 * HOUR, "urgent": 72 * HOUR, "urgent_direct": 8 * HOUR}, "codes": ["H0", "H2"], "level": 1},
        "in_force_on": 988_675_200_000,
    },
    "title": "Accord de coopération",
    "text": "Texte de l'accord, inventé.",
    "language": "fr",
}
REQUEST = {
    "action": "information_request.request",
    "to": ["fr.dgpn"],
    "coded": {"area": "drugs", "types": ["phone_check"], "urgency": "urgent", "direct": True},
    "title": "طلب معلومات: مخدرات اصطناعية (معطيات مختلقة)",
    "text": "يرجى التحقق من الرقم أسفله.",
    "language": "ar",
    "items": [{"type": "phone", "value": {"number": "+212600000001"}, "grade": "B2", "fact": True}],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The object on the last line."""
        answer: dict[str, Any] = json.loads(self.out.splitlines()[-1])
        return answer

    @property
    def words(self) -> str:
        """What it said, without invisible marks, with plain spaces."""
        return self.out.translate(ISOLATES).replace("\u00a0", " ")


def amana(*words: object, given: str | None = None, **environ: str) -> Answer:
    """Give a command; the reader reads English unless the words say otherwise."""
    result = CliRunner().invoke(app, [str(word) for word in words], input=given, env={"LC_ALL": "C", "COLUMNS": "200", **environ})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return Answer(code=result.exit_code, out=result.stdout, err=result.stderr)


def make_node(root: Path, code: str, port: int) -> Path:
    """A node that was made cheaply, with an officer `amal`."""
    wanted = Wanted(code=AgencyCode(code), names=NAMES[code], port=port, addresses=(f"http://127.0.0.1:{port}",), cost=CHEAP)
    directory = create_node(root / code, wanted).directory
    assert amana("officer", directory, "add", "amal", "--name", "Amal", "--role", "supervisor").code == 0
    return directory


def make_partners(here: Path, there: Path) -> None:
    """Both bring in the other's card and compare the safety numbers, by the commands."""
    for own, other in ((here, there), (there, here)):
        file = other.parent / f"{other.name}.card"
        number = amana("card", other, "--out", file, "--json").json["safety_number"]
        assert amana("partner", own, "add", "--card", file).code == 0
        assert amana("partner", own, "confirm", other.name, "--number", number).code == 0


def act(directory: Path, action: dict[str, Any]) -> Answer:
    """One action of the officer's."""
    return amana("act", directory, "--officer", "amal", "--file", "-", given=json.dumps(action))
