from django.apps import AppConfig


class Web(AppConfig):
    """Gives the kernel's words the reader's language, and the catalogue its compiled form."""

    name = "motcua.web"

    def ready(self) -> None:
        from django.utils.translation import get_language, gettext

        from motcua.kernel.words import speak_through
        from motcua.web.languages import compile_catalogue

        compile_catalogue()
        speak_through(gettext, get_language)
