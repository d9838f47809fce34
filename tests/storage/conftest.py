# SPDX-License-Identifier: EUPL-1.2
"""A fresh journal database for each test, copied from one that was created once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from amana.storage.orm.journal import OrmJournal
from amana.storage.orm.schema import create_database

pytest.register_assert_rewrite("tests.storage.suite")


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Never opened, only copied."""
    path = tmp_path_factory.mktemp("empty") / "node.sqlite3"
    create_database(path)
    return path


@pytest.fixture
def database(empty_database: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy2(empty_database, tmp_path / "node.sqlite3"))


@pytest.fixture
def orm_journal(database: Path) -> Iterator[OrmJournal]:
    with OrmJournal(database) as journal:
        yield journal
