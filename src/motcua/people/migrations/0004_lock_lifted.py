from django.db import migrations, models


class Migration(migrations.Migration):
    """A kind of login event more. Nothing changes in the table."""

    dependencies = [("people", "0003_first_day")]

    operations = [
        migrations.AlterField(
            model_name="loginevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("login", "Đăng nhập"),
                    ("failed", "Sai tên hoặc mật khẩu"),
                    ("locked", "Khóa tạm sau nhiều lần sai"),
                    ("turned-away", "Từ chối khi đang khóa tạm"),
                    ("unlocked", "Bỏ khóa tạm"),
                    ("logout", "Đăng xuất"),
                ],
                max_length=20,
            ),
        ),
    ]
