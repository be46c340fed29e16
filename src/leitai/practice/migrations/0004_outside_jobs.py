from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("practice", "0003_slim")]

    operations = [
        migrations.AddField(
            model_name="outsidedraft",
            name="content",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="outsidedraft",
            name="counts",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="outsidedraft",
            name="done",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="outsidedraft",
            name="note",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="outsidedraft",
            name="state",
            field=models.CharField(
                choices=[
                    ("reading", "正在读取、对应人员"),
                    ("ready", "待确认"),
                    ("taking", "正在登记"),
                    ("done", "已登记"),
                    ("failed", "未能办理"),
                ],
                default="ready",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="outsidedraft",
            name="told_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="outsidedraft",
            name="total",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="outsidedraft",
            name="tries",
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]
