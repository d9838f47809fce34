# SPDX-License-Identifier: EUPL-1.2
"""The cases of spec/vectors/checkpoint: heads and receipts, each defect in bytes that are signed as far as they can be."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterator

from amana.protocol.checkpoint import (
    MAX_HEAD_BYTES,
    MAX_RECEIPT_BYTES,
    Head,
    note_text,
    origin_name,
    sign_head,
    sign_receipt,
    subtree_message,
    verify_head,
)
from amana.protocol.identifiers import Digest, Seconds
from amana.protocol.note import KeySignature, key_id, render_line
from tests.vectors.cases import ACCEPT
from tests.vectors.make_log import (
    EMPTY_HEAD,
    FR,
    HEAD_PAIR,
    MA,
    ORIGIN,
    OTHER_ORIGIN,
    OTHER_PAIR,
    PAIRS,
    RECEIPT_PAIR,
    TIME,
    Made,
    lines_of,
    position,
)

HEAD = position(ORIGIN, 3).head
SMALLER = position(ORIGIN, 2).head
TEXT = note_text(HEAD)
LINES = lines_of(HEAD_PAIR, ORIGIN, b"\x01", TEXT, HEAD, times=(0, TIME))
NOTE = TEXT + b"\n" + b"".join(LINES)
FORM = "note_form"


def _fields(note: bytes) -> dict[str, str]:
    return {"kind": "head", "keys": "ma.dgsn.head", "origin": ORIGIN, "note": note.hex()}


def _resigned(text: bytes) -> bytes:
    """A note over any text, signed as it stands: the defect is the text alone."""
    return text + b"\n" + lines_of(HEAD_PAIR, ORIGIN, b"\x01", text, HEAD, times=(0, TIME))[0] + LINES[1]


def head_cases() -> Iterator[Made]:
    """Heads."""
    yield "head", "three entries", ACCEPT, 0, _fields(NOTE)
    yield "head-of-empty-log", "no entries", ACCEPT, 0, _fields(sign_head(HEAD_PAIR, EMPTY_HEAD, TIME))
    for name, about, note in _head_forms():
        yield f"head-check1-{name}", about, FORM if len(note) <= MAX_HEAD_BYTES else "too_large", 1, _fields(note)
    for name, about, code, text in (
        ("run-with-leading-zero", "run 01", FORM, TEXT.replace(b"/1\n", b"/01\n")),
        ("run-zero", "run 0", "origin_form", TEXT.replace(b"/1\n", b"/0\n")),
        ("one-agency", "a log to oneself", "origin_form", TEXT.replace(b"fr.dgpn", b"ma.dgsn")),
        ("origin-other-word", "another product's name", "origin_form", TEXT.replace(b"/amana/", b"/anama/")),
    ):
        yield f"head-check1-{name}", about, code, 1, _fields(_resigned(text))
    yield (
        "head-check1-agency-code",
        "an agency code in capitals",
        "bad_agency_code",
        1,
        _fields(_resigned(TEXT.replace(b"ma.dgsn", b"MA.dgsn"))),
    )
    yield "head-check1-too-large", "4,097 bytes", "too_large", 1, _fields(NOTE + b"\n" * (4097 - len(NOTE)))
    yield (
        "head-check2-other-log",
        "the author's log to another partner",
        "other_log",
        2,
        _fields(sign_head(HEAD_PAIR, position(OTHER_ORIGIN, 3).head, TIME)),
    )
    later = origin_name(author=MA, to=FR, run=2)
    yield "head-check2-other-run", "the next run", "other_log", 2, _fields(sign_head(HEAD_PAIR, position(later, 3).head, TIME))
    yield from _head_signatures()


def _head_signatures() -> Iterator[Made]:
    """The right text under lines of other keys, or that sign something else."""
    foreign = lines_of(OTHER_PAIR, ORIGIN, b"\x01", TEXT, HEAD, times=(0, TIME))
    yield "head-check3-other-keys", "signed by somebody else", "key_id", 3, _fields(TEXT + b"\n" + b"".join(foreign))
    yield "head-check3-ed25519-of-another", "Ed25519 by another key", "key_id", 3, _fields(TEXT + b"\n" + foreign[0] + LINES[1])
    yield "head-check3-mldsa-of-another", "ML-DSA by another key", "key_id", 3, _fields(TEXT + b"\n" + LINES[0] + foreign[1])
    witness = lines_of(HEAD_PAIR, ORIGIN, b"\x04", TEXT, HEAD, times=(0, TIME))[0]
    yield "head-check3-other-type", "the key id of a cosignature", "key_id", 3, _fields(TEXT + b"\n" + witness + LINES[1])
    small = lines_of(HEAD_PAIR, ORIGIN, b"\x01", note_text(SMALLER), SMALLER, times=(0, TIME))
    yield (
        "head-check4-ed25519-of-another-head",
        "the signature of the head before",
        "signature",
        4,
        _fields(TEXT + b"\n" + small[0] + LINES[1]),
    )
    yield (
        "head-check5-mldsa-of-another-head",
        "the signature of the head before",
        "signature",
        5,
        _fields(TEXT + b"\n" + LINES[0] + small[1]),
    )
    yield (
        "head-check5-other-time",
        "the time in the line is not the time that is signed",
        "signature",
        5,
        _fields(TEXT + b"\n" + LINES[0] + _retimed(LINES[1], TIME + 1)),
    )


def _retimed(line: bytes, time: int) -> bytes:
    """An ML-DSA line with another time in it."""
    start, _, spelled = line.rstrip(b"\n").rpartition(b" ")
    content = b64decode(spelled)
    return start + b" " + b64encode(content[:4] + time.to_bytes(8, "big") + content[12:]) + b"\n"


def _untimed() -> bytes:
    """An ML-DSA line with the time 0, signed so."""
    named = key_id(ORIGIN, b"\x06", HEAD_PAIR.public.mldsa) + bytes(8)
    signature = HEAD_PAIR.mldsa.sign(subtree_message(ORIGIN, HEAD, 0))
    return render_line(ORIGIN, KeySignature(key_id=named, time=Seconds(0), signature=signature))


def _head_forms() -> Iterator[tuple[str, str, bytes]]:
    """What signed-note or tlog-checkpoint would take, or a lenient reader."""
    first, second = LINES
    origin, size, top = TEXT.split(b"\n")[:3]
    yield "no-mldsa", "one signature alone is nothing", TEXT + b"\n" + first
    yield "no-ed25519", "one signature alone is nothing", TEXT + b"\n" + second
    yield "no-signature", "the text and a blank line", TEXT + b"\n"
    yield "lines-swapped", "ML-DSA first", TEXT + b"\n" + second + first
    yield "ed25519-twice", "a repeated line", TEXT + b"\n" + first + first + second
    yield "mldsa-twice", "a repeated line", TEXT + b"\n" + first + second + second
    unknown = lines_of(OTHER_PAIR, "example.com/witness", b"\x04", TEXT, HEAD, times=(TIME, TIME))[0]
    yield "unknown-line", "a witness's line, which signed-note ignores", NOTE + unknown
    yield "extension-line", "a fourth line of text, signed", _resigned(TEXT + b"extension\n")
    yield "no-blank-line", "text and signatures touch", TEXT + first + second
    yield "two-blank-lines", "one too many", TEXT + b"\n\n" + first + second
    yield "carriage-returns", "CR LF line ends", NOTE.replace(b"\n", b"\r\n")
    yield "no-last-line-feed", "the last line does not end", NOTE[:-1]
    yield "byte-after", "a space at the end", NOTE + b" "
    yield "size-with-leading-zero", "size 03", _resigned(b"\n".join([origin, b"03", top, b""]))
    yield "size-with-sign", "size +3", _resigned(b"\n".join([origin, b"+3", top, b""]))
    yield "size-in-arabic-digits", "size ٣", _resigned(b"\n".join([origin, "٣".encode(), top, b""]))
    yield "size-beyond-2-53", "size 2^53", _resigned(b"\n".join([origin, b"%d" % 2**53, top, b""]))
    yield "root-without-padding", "base64 unpadded", _resigned(b"\n".join([origin, size, top.rstrip(b"="), b""]))
    last = bytes([top[-2] + 1])
    yield "root-with-spare-bits", "the same root in a second spelling", _resigned(b"\n".join([origin, size, top[:-2] + last + b"=", b""]))
    yield "root-with-space", "a space in the base64", _resigned(b"\n".join([origin, size, b" " + top, b""]))
    yield "root-of-31-bytes", "a root cut short", _resigned(note_text(Head(origin=ORIGIN, size=3, root=Digest(HEAD.root[:31]))))
    yield "empty-log-other-root", "size 0 has one root only", _resigned(b"\n".join([origin, b"0", top, b""]))
    yield "hyphen-for-dash", "a hyphen before the name", NOTE.replace(b"\xe2\x80\x94", b"-")
    yield "bad-utf-8", "a broken dash", NOTE.replace(b"\xe2\x80\x94", b"\xe2\x80")
    yield "two-spaces", "two spaces before the name", NOTE.replace(b"\xe2\x80\x94 ", b"\xe2\x80\x94  ")
    yield "name-of-another", "the lines are named as a receipt", NOTE.replace(f" {ORIGIN} ".encode(), b" fr.dgpn/amana/receipt ")
    yield "signature-url-safe", "base64 of the URL alphabet", TEXT + b"\n" + first + second.replace(b"+", b"-")
    yield "signature-cut", "an ML-DSA signature of 2,417 bytes", TEXT + b"\n" + first + second[:-5] + b"\n"
    yield "time-zero", "signed without a time, as C2SP allows", TEXT + b"\n" + first + _untimed()
    yield "time-beyond-2-53", "a time that is no number of ours", TEXT + b"\n" + first + _retimed(second, 2**53)


def receipt_cases() -> Iterator[Made]:
    """Receipts of the head of three entries."""
    head = verify_head(NOTE, HEAD_PAIR.public, origin=ORIGIN)
    smaller = verify_head(sign_head(HEAD_PAIR, SMALLER, TIME), HEAD_PAIR.public, origin=ORIGIN)
    receipt = sign_receipt(RECEIPT_PAIR, FR, head, TIME)
    first, second = receipt.splitlines(keepends=True)
    later = sign_receipt(RECEIPT_PAIR, FR, head, Seconds(TIME + 1)).splitlines(keepends=True)
    small = sign_receipt(RECEIPT_PAIR, FR, smaller, TIME).splitlines(keepends=True)
    foreign = sign_receipt(PAIRS["fr.dgsi.receipt"], FR, head, TIME).splitlines(keepends=True)
    named = receipt.replace(b"fr.dgpn/", b"fr.dgsi/")

    def fields(lines: bytes, receiver: str = "fr.dgpn") -> dict[str, str]:
        return {"kind": "receipt", "keys": "fr.dgpn.receipt", "receiver": receiver, "head": NOTE.hex(), "receipt": lines.hex()}

    yield "receipt", "cosigned by the partner", ACCEPT, 0, fields(receipt)
    for name, about, lines in (
        ("no-mldsa", "one signature alone is nothing", first),
        ("no-ed25519", "one signature alone is nothing", second),
        ("lines-swapped", "ML-DSA first", second + first),
        ("unknown-line", "a third line", receipt + first),
        ("with-head", "the head before it: a receipt is its two lines alone", NOTE + receipt),
        ("named-otherwise", "the name of another agency's receipts", named),
        (
            "without-time",
            "a note signature where a cosignature belongs",
            LINES[0].replace(ORIGIN.encode(), b"fr.dgpn/amana/receipt") + second,
        ),
        ("time-zero", "no time", _retimed(first, 0) + _retimed(second, 0)),
        ("no-last-line-feed", "the last line does not end", receipt[:-1]),
    ):
        yield f"receipt-check1-{name}", about, FORM if len(lines) <= MAX_RECEIPT_BYTES else "too_large", 1, fields(lines)
    yield "receipt-check2-bystander", "an agency that the log does not go to", "other_receiver", 2, fields(named, "fr.dgsi")
    yield "receipt-check3-two-times", "each line right by itself", "receipt_times", 3, fields(first + later[1])
    yield "receipt-check4-other-keys", "by another agency's keys", "key_id", 4, fields(b"".join(foreign))
    yield "receipt-check4-mldsa-of-another", "ML-DSA by another key", "key_id", 4, fields(first + foreign[1])
    yield "receipt-check5-other-head", "Ed25519 over the head before", "signature", 5, fields(small[0] + second)
    yield (
        "receipt-check5-other-time",
        "the time in both lines is not the one signed",
        "signature",
        5,
        fields(_retimed(first, TIME + 1) + _retimed(second, TIME + 1)),
    )
    yield "receipt-check6-other-head", "ML-DSA over the head before", "signature", 6, fields(first + small[1])
