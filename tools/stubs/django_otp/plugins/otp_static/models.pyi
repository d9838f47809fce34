# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django_otp.models import Device

class StaticDevice(Device): ...

class StaticToken(models.Model):
    device: models.ForeignKey[StaticDevice, StaticDevice]
    token: models.CharField[str, str]
    @staticmethod
    def random_token() -> str: ...
