"""Login names (tên đăng nhập), proposed from a name without diacritics. Pure."""

import re
from collections.abc import Container

from motcua.kernel.text import fold

LOGIN = re.compile(r"[a-z][a-z0-9._-]{2,39}", re.ASCII)
LONGEST = 40


def login_is_valid(login: str) -> bool:
    """3 to 40 of a–z, 0–9, dot, dash, underscore; begins with a letter: no input method alters
    the meaning, and "@" stays for twins of the training copy."""
    return bool(LOGIN.fullmatch(login))


def propose_login(name: str, taken: Container[str] = ()) -> str:
    """Given name and initials: "Nguyễn Thị Ẩn" is "annt", or "annt2" when that is taken."""
    words = re.findall(r"[a-z0-9]+", fold(name))
    if not words:
        return ""
    base = (words[-1] + "".join(word[0] for word in words[:-1]))[: LONGEST - 4]
    base = base if base[0].isalpha() else f"cb{base}"
    base = base if len(base) > 2 else f"cb-{base}"
    number, found = 1, base
    while found in taken:
        number += 1
        found = f"{base}{number}"
    return found
