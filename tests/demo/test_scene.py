# SPDX-License-Identifier: EUPL-1.2
"""What the demonstration says where the nodes did otherwise than the scenario: words and hex, never raw bytes."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from amana.demo.scene import Scene
from amana.protocol.errors import OperatorFault

ONE, TWO = bytes.fromhex("97" * 32), bytes.fromhex("a0" * 32)


@pytest.mark.parametrize(
    ("expected", "got", "told"),
    [
        ([ONE], [], ("1: 979797979797", "0")),
        ([ONE, TWO], [TWO, ONE], ("2: 979797979797 a0a0a0a0a0a0", "2: a0a0a0a0a0a0 979797979797")),
        ([ONE] * 4, [ONE], ("4: 979797979797 979797979797 979797979797 …", "1: 979797979797")),
        ([[ONE], [TWO]], [[ONE], []], ("2: 1: 979797979797 1: a0a0a0a0a0a0", "2: 1: 979797979797 0")),
        ([[], [ONE]], [[], []], ("2: 0 1: 979797979797", "2: 0 0")),
        ({"ma.dgsn": [ONE]}, {"ma.dgsn": []}, ("ma.dgsn: 1: 979797979797", "ma.dgsn: 0")),
        (ONE, TWO, ("979797979797", "a0a0a0a0a0a0")),
        ("answered", "open", ("answered", "open")),
        (True, False, ("True", "False")),
        ([None, None], [None, {"what": "entry_body"}], ("[None, None]", "[None, {'what': 'entry_body'}]")),
    ],
)
def test_a_difference_is_told_in_words_and_hex(expected: object, got: object, told: tuple[str, str]) -> None:
    with ExitStack() as closing:
        scene = Scene({}, language="en", say=lambda line: None, progress=lambda what, count: None, closing=closing)
        scene.expect("the same", expected, expected)
        with pytest.raises(OperatorFault) as caught:
            scene.expect("arrived in order", expected, got)
    assert (caught.value.facts["expected"], caught.value.facts["got"]) == told
    assert "\\x" not in str(caught.value)
