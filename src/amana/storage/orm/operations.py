# SPDX-License-Identifier: EUPL-1.2
"""A migration operation for what Django cannot say: a table kept in key order, without a row number (SQLite).

The definition is the one Django makes from the model, so the models stay the only source; rows and indexes are kept.
Where Django builds such a table anew (any change but a nullable column), repeat the operation after it: a test notices.
"""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState, StateApps

INDEXES = "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = %s"


class WithoutRowid(Operation):
    """Keep the table of `model` clustered by its primary key. Does nothing in other databases."""

    reversible = True

    def __init__(self, model: str) -> None:
        self.model = model

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models do not change."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002 - Django's signature
        to_state: ProjectState,
    ) -> None:
        """Build the table again, clustered, with its rows."""
        if schema_editor.connection.vendor != "sqlite":
            return
        apps = to_state.apps
        assert isinstance(apps, StateApps)  # noqa: S101 - tells the type checker what every project state holds
        model = apps.get_model(app_label, self.model)
        table, former = model._meta.db_table, f"{model._meta.db_table}_former"
        definition, _ = schema_editor.table_sql(model)
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(INDEXES, [table])
            indexes = [sql for (sql,) in cursor.fetchall()]
        columns = ", ".join(schema_editor.quote_name(field.column) for field in model._meta.local_concrete_fields)
        for statement in (
            f"ALTER TABLE {table} RENAME TO {former}",
            f"{definition} WITHOUT ROWID",
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {former}",  # noqa: S608 - names come from the model
            f"DROP TABLE {former}",
            *indexes,
        ):
            schema_editor.execute(statement)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Nothing to take back: the table goes with its model."""

    def describe(self) -> str:
        """One line for `showmigrations --plan`."""
        return f"Keep the table of {self.model} in key order"
