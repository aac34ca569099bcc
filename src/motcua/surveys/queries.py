"""Questions about survey forms, never about who answered what."""

from django.db.models import QuerySet

from motcua.surveys.models import SurveyForm


def by_token(token: str) -> SurveyForm | None:
    return SurveyForm.objects.filter(token="".join(token.upper().split())).first()


def out() -> QuerySet[SurveyForm]:
    """Forms handed out and not collected yet, newest first."""
    return SurveyForm.objects.filter(returned_at=None).order_by("-sent_at")
