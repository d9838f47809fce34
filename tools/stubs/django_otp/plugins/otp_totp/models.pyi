# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django_otp.models import Device

class TOTPDevice(Device):
    last_t: models.BigIntegerField[int, int]
    @property
    def bin_key(self) -> bytes: ...
    @property
    def config_url(self) -> str: ...
