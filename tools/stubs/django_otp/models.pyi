# SPDX-License-Identifier: EUPL-1.2
from datetime import datetime
from typing import Any, ClassVar

from django.db import models

from amana.web.models import Account

class DeviceManager(models.Manager[Any]): ...

class Device(models.Model):
    objects: ClassVar[DeviceManager]
    name: models.CharField[str, str]
    confirmed: models.BooleanField[bool, bool]
    user: models.ForeignKey[Account, Account]
    throttling_failure_count: models.PositiveIntegerField[int, int]
    throttling_failure_timestamp: models.DateTimeField[datetime | None, datetime | None]
    @property
    def persistent_id(self) -> str: ...
    def verify_token(self, token: str) -> bool: ...

    class Meta:
        abstract: ClassVar[bool]
