# SPDX-License-Identifier: EUPL-1.2
"""The three families of errors, by owner.

`PeerFault`: bytes that another node made and that fail a check; they change no state and go to quarantine.
`Refusal`: a person's or a partner's act that a rule does not allow; carries a reason code, never a sentence.
`OperatorFault`: this installation is set up wrongly; the administrator mends it.

Facts, expectations and findings in an error are codes, numbers, hashes and agency codes: never plaintext,
personal names or keys. Sentences in three languages are made above, from the codes.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager


class AmanaError(Exception):
    """Base of the three families: `code` is stable, `facts` are what a sentence is built from."""

    def __init__(self, code: str, **facts: str | int) -> None:
        self.code = code
        self.facts: Mapping[str, str | int] = facts
        super().__init__(code, *(f"{name}={value}" for name, value in facts.items()))

    def __str__(self) -> str:
        """The code and its facts on one line, for logs."""
        return " ".join([self.code, *(f"{name}={value}" for name, value in self.facts.items())])


class PeerFault(AmanaError):
    """Hostile or damaged bytes from outside. `check` is the number of the check that failed, where it has one."""

    def __init__(self, code: str, *, check: int = 0, **facts: str | int) -> None:
        super().__init__(code, **facts)
        self.check = check

    def at_check(self, check: int, **more: str | int) -> PeerFault:
        """The same fault as check `check` of the longer list that the failed one is a part of."""
        return PeerFault(self.code, check=check, **{**self.facts, **more})


class Refusal(AmanaError):
    """An act that a rule refuses; nothing was changed."""


class OperatorFault(AmanaError):
    """This node is set up or kept wrongly; it says what to do by its code."""


@contextmanager
def numbered(check: int) -> Generator[None, None, None]:
    """Give a PeerFault from within, where it has no number yet, the number of the check that it fails."""
    try:
        yield
    except PeerFault as fault:
        if fault.check:
            raise
        raise fault.at_check(check) from fault
