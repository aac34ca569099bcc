"""Password login by the framework, over officers of every agency."""

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password

from motcua.people.models import Officer


class OfficerBackend(BaseBackend):
    def authenticate(self, request, username=None, password=None, **_):
        officer = Officer.across_agencies.filter(login=username or "").first()
        if officer is None:
            make_password(password)  # same time whether or not the account exists
            return None
        if officer.check_password(password or "") and officer.is_active:
            return officer
        return None

    def get_user(self, user_id):
        officers = Officer.across_agencies.select_related("agency", "post")
        return officers.filter(pk=user_id, is_active=True).first()
