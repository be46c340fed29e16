"""Entries may be replaced, by whom stands beside them, or refused by the review."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("seasons", "0005_rules_drafts")]

    operations = [
        migrations.AlterField(
            model_name="entry",
            name="state",
            field=models.CharField(
                choices=[
                    ("nominated", "已报送"),
                    ("confirmed", "已确认"),
                    ("done", "已完赛"),
                    ("withdrawn", "退赛"),
                    ("replaced", "已替换"),
                    ("refused", "不通过"),
                    ("void", "取消成绩"),
                ],
                default="nominated",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="replaced_by",
            field=models.OneToOneField(
                null=True,
                on_delete=models.deletion.SET_NULL,
                related_name="replaces",
                to="seasons.entry",
            ),
        ),
    ]
