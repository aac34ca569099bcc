"""Who may. (What a state allows is in the rooms' `rules`.)"""

from datetime import datetime
from typing import Any

from motcua.kernel.errors import NotPermitted
from motcua.kernel.vntime import local_day
from motcua.people.rules import Role


class WrongRole(NotPermitted):
    message = "Việc này dành cho: {roles}. Nhờ người được phân công, hoặc hỏi quản trị."


def require(officer: Any, *roles: Role, at: datetime) -> None:
    """Raise WrongRole unless `officer` holds one of `roles` on the local day of `at`."""
    if not officer.has_role(*roles, on=local_day(at)):
        raise WrongRole(roles=", ".join(role.label.lower() for role in roles))
