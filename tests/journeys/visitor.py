"""Somebody who looks at every page in one window: any officer, either language, any width.

One context and one page serve hundreds of addresses: new ones would take most of the time.
"""

import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, Response

from motcua.people.rules import Role
from tests.chromium import WIDE, console_fault, foreign_fault
from tests.test_permissions import RULES, Rule

# Who opens a page that several may: whoever sees most on it first.
FIRST = (Role.DESK, Role.LEADER, Role.SPECIALIST, Role.CLERK, Role.STATISTICIAN, Role.ADMINISTRATOR)
# What an address answers besides pages: their kind is all that this eye sees of them.
PDF, JSON = "application/pdf", "application/json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES = {
    "ho-so-mau": PDF, "ho-so-mau-ban-in": PDF, "ho-so-mau-dien-tu": PDF, "phieu-ban-in": PDF,
    "phieu-dien-tu": PDF, "giay-luot": PDF, "can-bo-mau": XLSX, "thiet-lap-so-du-mau": XLSX,
    "phien": JSON,
}  # fmt: skip
PARTS = {"tim-thu-tuc"}  # swapped into a page, never one by itself
OPENED = {name: rule for name, rule in RULES.items() if not rule.post}
PAGES = [name for name in OPENED if name not in FILES and name not in PARTS]


def roles_of(rule: Rule) -> list[Role]:
    """Who may open it, whoever sees most first."""
    return [role for role in FIRST if role in rule.roles]


class Visitor:
    """The window. What was asked for and what it cost is known of the last page opened."""

    def __init__(self, page: Page, live: Any) -> None:
        self.page, self.live = page, live
        self.faults: list[str] = []
        self.costs: list[int] = []
        self._who: tuple[str, str] | None = None

    @classmethod
    @contextmanager
    def of(cls, browser: Browser, live: Any) -> Iterator["Visitor"]:
        """Open the window, and close it."""
        context = browser.new_context(base_url=live.url, viewport=WIDE, locale="vi-VN")
        one = cls(context.new_page(), live)
        context.on("console", lambda message: console_fault(one.faults, message))
        context.on("weberror", lambda error: one.faults.append(str(error.error)))
        context.on("request", lambda request: foreign_fault(one.faults, request.url))
        client = context.new_cdp_session(one.page)
        client.send("Network.enable")
        client.send("Network.setCacheDisabled", {"cacheDisabled": True})
        client.on(
            "Network.loadingFinished", lambda done: one.costs.append(done["encodedDataLength"])
        )
        yield one
        context.close()

    def be(self, session: str, language: str = "vi") -> None:
        """Become the officer of the session ("" is a stranger), who reads this language."""
        if self._who == (session, language):
            return
        context = self.page.context
        context.clear_cookies()
        given = {"sessionid": session, "ngon-ngu": language if language != "vi" else ""}
        context.add_cookies(
            [{"name": k, "value": v, "url": self.live.url} for k, v in given.items() if v]
        )
        self._who = (session, language)

    def open(
        self, path: str, who: str = "", language: str = "vi", size: dict[str, int] = WIDE
    ) -> Response | None:
        """Open a path as the owner of a session."""
        self.be(who, language)
        self.page.set_viewport_size(size)
        self.costs.clear()
        self.faults.clear()
        return self.page.goto(path)

    def see(self, name: str, **given: Any) -> Response | None:
        """Open a named address as the first who may."""
        role = roles_of(OPENED[name])[0]
        return self.open(self.live.addresses[name], self.live.sessions[role], **given)

    def weighed(self, name: str, role: Role) -> tuple[str, int]:
        """The kind of the answer to a role, and its bytes as sent."""
        asked = urllib.request.Request(
            self.live.url + self.live.addresses[name],
            headers={"Cookie": f"sessionid={self.live.sessions[role]}", "Accept-Encoding": "gzip"},
        )
        try:
            answer = urllib.request.urlopen(asked, timeout=20)
        except urllib.error.HTTPError as refused:  # a refusal is a page too
            answer = refused
        with answer:
            return answer.headers.get_content_type(), len(answer.read())
