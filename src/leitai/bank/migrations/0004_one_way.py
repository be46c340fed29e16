from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("bank", "0003_seal_rows")]

    operations = [
        migrations.DeleteModel("PaperItem"),
        migrations.AddConstraint(
            "itemversion",
            models.CheckConstraint(
                condition=Q(sealed="")
                | Q(stem="", options=[], key=None, explanation="", source="", topic="", basis=None),
                name="item_version_plain_or_sealed",
            ),
        ),
    ]
