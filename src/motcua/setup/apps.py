from django.apps import AppConfig


class Setup(AppConfig):
    """Tells administrators on their first page what is left to do before the desk opens."""

    name = "motcua.setup"

    def ready(self) -> None:
        from motcua.setup.first_day import ahead
        from motcua.web.ahead import offer

        offer(self.label, ahead)
