from django.db import migrations, models


def plans_and_reports(apps, _editor):
    """What the packaged templates asked for as a plan or a report is the season's record."""
    things = apps.get_model("orders", "Thing").objects
    things.filter(kind="file", order__template__in=["plan", "summary"]).update(record=True)


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial")]

    operations = [
        migrations.AddField(
            "thing", "record", models.BooleanField(default=False, verbose_name="存档材料")
        ),
        migrations.RunPython(plans_and_reports, migrations.RunPython.noop),
    ]
