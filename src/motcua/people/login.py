"""Password login by the framework, over officers of every agency."""

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password

from motcua.people import queries
from motcua.people.models import Officer
from motcua.web.scope import agency_scope


class OfficerBackend(BaseBackend):
    def authenticate(self, request, username=None, password=None, **_):
        officers = Officer.across_agencies.select_related("agency")
        officer = officers.filter(login=username or "").first()
        if officer is None:
            make_password(password)  # same time whether or not the account exists
            return None
        with agency_scope(queries.scope_of(officer.agency)):  # an old hash is renewed there
            right = officer.check_password(password or "")
        return officer if right and officer.is_active else None

    def get_user(self, user_id):
        officers = Officer.across_agencies.select_related("agency", "post")
        return officers.filter(pk=user_id, is_active=True).first()
