from django.apps import AppConfig


class Web(AppConfig):
    """Gives the kernel's words the reader's language, the catalogue its compiled form."""

    name = "motcua.web"

    def ready(self) -> None:
        from django.core.signals import request_started
        from django.utils.translation import get_language, gettext

        from motcua.kernel.words import speak_through
        from motcua.web.languages import compile_catalogue
        from motcua.web.outage import begin_request

        compile_catalogue()
        speak_through(gettext, get_language)
        request_started.connect(begin_request, dispatch_uid="motcua.web.outage.begin_request")
