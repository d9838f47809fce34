# SPDX-License-Identifier: EUPL-1.2
from django.http import HttpRequest
from django_otp.models import Device

from amana.web.models import Account

DEVICE_ID_SESSION_KEY: str

def login(request: HttpRequest, device: Device) -> None: ...
def match_token(user: Account, token: str) -> Device | None: ...
def devices_for_user(user: Account, confirmed: bool | None = ...) -> list[Device]: ...
