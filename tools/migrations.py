"""Fails when a model has changed without its migration. Needs no database."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leitai.web.settings")
import django
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

django.setup()
translation.deactivate_all()  # as Django's own command does: texts are not schema
loader = MigrationLoader(None)
state = ProjectState.from_apps(apps)
changes = MigrationAutodetector(loader.project_state(), state).changes(graph=loader.graph)
ours = {
    label: found
    for label, found in changes.items()
    if apps.get_app_config(label).name.startswith("leitai.")
}
for label, found in ours.items():
    print(f"{label}: {[str(operation) for one in found for operation in one.operations]}")
print("migrations: " + ("missing" if ours else "complete"))
sys.exit(bool(ours))
