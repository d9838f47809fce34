# SPDX-License-Identifier: EUPL-1.2
"""How accounts sign in: an invitation opens the first sign-in, which sets the password and the one-time codes.

An invitation is a code of 80 random bits, kept as an Argon2 hash, good once and for three days. Inviting again takes
the account's password, devices, sessions and the address of its calendar away. The codes' secret is shown once, to its owner.
"""

from __future__ import annotations

import base64
import secrets
from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from amana.protocol.errors import Refusal
from amana.web.models import Account, CalendarFeed

INVITED_FOR = timedelta(days=3)
RECOVERY_CODES = 8


def invite(account: str) -> str:
    """Open the first sign-in of an account; the code to hand over in person."""
    raw = base64.b32encode(secrets.token_bytes(10)).decode()
    code = "-".join(raw[place : place + 4] for place in range(0, 16, 4))
    held, _ = Account.objects.get_or_create(account=account)
    held.set_unusable_password()  # ends every session: their hash is of the password
    held.invitation = make_password(code)
    held.invited_until = timezone.now() + INVITED_FOR
    held.is_active = True
    held.save()
    TOTPDevice.objects.filter(user=held).delete()
    StaticDevice.objects.filter(user=held).delete()
    CalendarFeed.objects.filter(account=account).delete()  # a lost telephone had it
    return code


def require_invited(account: str, code: str) -> Account:
    """The account whose open invitation this is. Raises Refusal `bad_invitation`, for whatever is wrong."""
    held = Account.objects.filter(account=account).first()
    known = held.invitation if held is not None and held.invitation else make_password(secrets.token_hex())
    right = check_password(code.strip().upper(), known)  # the same work whether the account exists or not
    if held is None or not right or held.invited_until is None or held.invited_until < timezone.now():
        raise Refusal("bad_invitation")
    return held


def new_device(account: Account) -> TOTPDevice:
    """A device for one-time codes that counts once its first code was typed."""
    TOTPDevice.objects.filter(user=account, confirmed=False).delete()
    made: TOTPDevice = TOTPDevice.objects.create(user=account, name="totp", confirmed=False)
    return made


def confirm_device(account: Account, code: str) -> list[str]:
    """Take the first code of the new device; the recovery codes, shown once. Raises Refusal `bad_code`."""
    device = TOTPDevice.objects.filter(user=account, confirmed=False).first()
    if device is None or not device.verify_token(code.replace(" ", "")):
        raise Refusal("bad_code")
    device.confirmed = True
    device.save()
    account.invitation, account.invited_until = "", None
    account.save()
    return new_recovery_codes(account)


def new_recovery_codes(account: Account) -> list[str]:
    """Codes that are each good once in the place of a one-time code; earlier ones are gone."""
    device, _ = StaticDevice.objects.get_or_create(user=account, name="recovery")
    device.token_set.all().delete()
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    for code in codes:
        device.token_set.create(token=code)
    return codes


def close_account(account: str) -> None:
    """Nobody signs in by this account any more, until it is invited again."""
    CalendarFeed.objects.filter(account=account).delete()
    for held in Account.objects.filter(account=account):
        held.set_unusable_password()
        held.is_active, held.invitation = False, ""
        held.save()
