"""Changes of tables that leave their rows, and the triggers on them, alone."""

from typing import Any

from django.db import migrations


class DropOwnIndex(migrations.AlterField):
    """The column keeps everything but the index that it has for itself alone.

    An ordinary AlterField would write an SQLite table anew and lose the journal's triggers.
    """

    reversible = False

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        model = from_state.apps.get_model(app_label, self.model_name)
        column = model._meta.get_field(self.name).column
        for name in schema_editor._constraint_names(model, [column], unique=False, index=True):
            sql = schema_editor._delete_constraint_sql(schema_editor.sql_delete_index, model, name)
            schema_editor.execute(sql)
