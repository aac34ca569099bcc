"""`{% csrf_token %}` of every form: it also says for which agency the page was made."""

from typing import Any

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from motcua.web.side import MADE_FOR

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: Any) -> SafeString | str:
    """Django's token, and the agency acted for as the form is shown (live or training copy)."""
    token = CsrfTokenNode().render(context)
    user = getattr(context.get("request"), "user", None)
    agency = getattr(user, "agency_id", None)
    if agency is None:
        return token
    return token + format_html('<input type="hidden" name="{}" value="{}">', MADE_FOR, agency)
