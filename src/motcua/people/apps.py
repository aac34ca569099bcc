from django.apps import AppConfig


class People(AppConfig):
    """Connects the marks of a session to its beginning, however somebody came in."""

    name = "motcua.people"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from motcua.people.sessions import begin

        user_logged_in.connect(begin, dispatch_uid="motcua.people.sessions.begin")
