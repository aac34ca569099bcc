import django.db.models.deletion
import motcua.web.ids
from django.conf import settings
from django.db import migrations, models


def end_sessions(apps, schema_editor):
    """Whoever was logged in logs in again: the framework's own table is no longer read."""
    apps.get_model("sessions", "Session").objects.all().delete()


class Migration(migrations.Migration):
    """Sessions that name their officer, so that one statement finds both; a catalogue's revision."""

    dependencies = [("people", "0004_lock_lifted"), ("sessions", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="agency",
            name="catalogue_rev",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.UUIDField(default=motcua.web.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("data", models.JSONField(default=dict)),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("officer", models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.RunPython(end_sessions, migrations.RunPython.noop),
    ]
