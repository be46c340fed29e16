"""The first confirmed roster's day, of each unit.

Empty until the next run of the roll-up, which puts the days outside the rosters into their sums.
"""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("insight", "0003_frozen_rubric")]
    operations = [
        migrations.AddField("placement", "rostered_on", models.DateField(null=True)),
    ]
