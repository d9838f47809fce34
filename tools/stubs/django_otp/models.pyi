# SPDX-License-Identifier: EUPL-1.2
from datetime import datetime

from django.db import models

from amana.web.models import Account

class Device(models.Model):
    name: models.CharField[str, str]
    confirmed: models.BooleanField[bool, bool]
    user: models.ForeignKey[Account, Account]
    throttling_failure_count: models.PositiveIntegerField[int, int]
    throttling_failure_timestamp: models.DateTimeField[datetime | None, datetime | None]
    @property
    def persistent_id(self) -> str: ...
    def verify_token(self, token: str) -> bool: ...

    class Meta:
        abstract: bool
