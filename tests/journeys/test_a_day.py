"""A day at the desk: five officials at once in three browsers, and the sheet that closes it."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Response, async_playwright

from tests.chromium import ARGUMENTS, NARROW, WIDE, binary, console_fault, foreign_fault
from tests.journeys.conftest import ROOT, Live, running
from tests.journeys.officials import PATIENCE, AtDesk, Clerk, Day, Leader, Specialist

pytestmark = pytest.mark.browser
LONGEST = 120
"""Seconds of a day that hangs."""
PHONE = {"viewport": NARROW, "has_touch": True, "is_mobile": True}
COPIES, PARENTAGE, MARRIAGE = "Chứng thực bản sao", "Nhận cha, mẹ, con", "Kết hôn"
BROWSERS = (("desk", "leader"), ("colleague", "clerk"), ("specialist",))
TALLY = """all => Object.fromEntries(all.flatMap(dl => [...dl.querySelectorAll('dt')].map(
    dt => [dt.textContent.trim(), (dt.nextElementSibling.querySelector('b')
        || dt.nextElementSibling).textContent.trim()])))
"""


@dataclass
class Told:
    """The day as its people saw it: acknowledged work, the sheet, what pages complained of."""

    day: Day
    sheet: dict[str, str] = field(default_factory=dict)
    cash: str = ""
    faults: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def office() -> Iterator[Live]:
    with running("day=True") as live:
        yield live


@pytest.fixture(scope="module")
def told(office: Live) -> Told:
    """The day, lived once; its loop has a thread of its own, this one has that of the others."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, _the_day(office)).result()


async def _the_day(office: Live) -> Told:
    told = Told(Day(to_send=6))
    async with asyncio.timeout(LONGEST), async_playwright() as playwright:
        pages = {}
        for names in BROWSERS:
            browser = await playwright.chromium.launch(executable_path=binary(), args=ARGUMENTS)
            for name in names:
                context = await _context(browser, office, name, told.faults)
                pages[name] = await context.new_page()
        desk = AtDesk("desk", pages["desk"], told.day, wrong_fee=True)
        colleague = AtDesk("colleague", pages["colleague"], told.day, lost_receipt=True)
        async with asyncio.TaskGroup() as at_once:
            at_once.create_task(_first_desk(desk))
            at_once.create_task(_second_desk(colleague))
            for kind in (Specialist, Leader, Clerk):
                name = kind.__name__.lower()
                at_once.create_task(kind(name, pages[name], told.day).work())
        await desk.page.goto("/cuoi-ngay")
        told.sheet = await desk.page.locator("dl.tally").evaluate_all(TALLY)
        told.cash = await desk.page.locator("#tien").inner_text()
    return told


async def _context(browser: Browser, office: Live, name: str, faults: list[str]) -> BrowserContext:
    """A window of the officer, who is logged in; what goes wrong in it is noted."""
    given: dict[str, Any] = PHONE if name == "leader" else {"viewport": WIDE}
    context = await browser.new_context(base_url=office.url, locale="vi-VN", **given)
    context.set_default_timeout(PATIENCE)

    def answered(response: Response) -> None:
        if response.status >= 400:
            faults.append(f"{name}: {response.status} {response.request.method} {response.url}")

    context.on("response", answered)
    context.on("console", lambda message: console_fault(faults, message))
    context.on("weberror", lambda error: faults.append(f"{name}: {error.error}"))
    context.on("request", lambda request: foreign_fault(faults, request.url))
    cookie = {"name": "sessionid", "value": office.empty[name], "url": office.url}
    await context.add_cookies([cookie])
    return context


async def _first_desk(desk: AtDesk) -> None:
    await desk.send_on(
        await desk.receive("001090333301", "Nguyễn Thị Ngọc Ẩn", PARENTAGE, MARRIAGE)
    )
    for number, name in ("001090333302", "Trần Văn Bảy"), ("001090333303", "Lê Thị Hoa"):
        await desk.send_on(await desk.receive(number, name, MARRIAGE))
    await desk.until_all_fetched()


async def _second_desk(desk: AtDesk) -> None:
    await desk.send_on(await desk.receive("001090333304", "Đỗ Thị Mơ", MARRIAGE))
    (code,) = await desk.receive("001090333305", "Vũ Văn Tư", COPIES)
    await desk.certify(code, "căn cước công dân", 3)
    await desk.hand_out()
    await desk.send_on(await desk.receive("001090333306", "Hồ Thị Nhị", PARENTAGE))
    await desk.until_all_fetched()


def test_no_page_and_no_server_failed_anybody(told: Told):
    assert told.faults == []


def test_five_people_worked_at_the_same_time(told: Told):
    begun = {name: times[0] for name, times in told.day.worked.items()}
    ended = {name: times[-1] for name, times in told.day.worked.items()}
    assert len(begun) == 5
    assert max(begun.values()) < min(ended.values())


def test_every_acknowledged_dossier_is_there_once_and_with_its_citizen(told: Told, office: Live):
    codes = told.day.received
    assert len(set(codes)) == len(codes) == 7
    assert sorted(told.day.handed) == sorted(codes)
    for code in codes:
        assert office.ask("select count(*) from dossiers_dossier where code = ?", code) == 1
        assert office.state(code) == "10"
    commune = "select agency_id from dossiers_dossier where code = ?"
    every = f"select count(*) from dossiers_dossier where agency_id = ({commune})"
    assert office.ask(every, codes[0]) == len(codes), "nothing that no screen acknowledged"


def test_a_visit_of_two_has_one_visit_and_what_was_undone_is_in_the_journal(
    told: Told, office: Live
):
    visits = "select count(*) from dossiers_dossier where visit_id is not null"
    assert office.ask(visits) == 2
    (code,) = told.day.undone
    verbs = office.ask(
        "select group_concat(substr(verb, 9), ' ') from (select verb from journal_event"
        " where subject_label = ? order by seq)", code,
    )  # fmt: skip
    assert verbs.split().count("take_fee") == 2 and verbs.split().count("undone") == 1
    assert office.ask("select fee_paid from dossiers_dossier where code = ?", code) == 12000


def test_the_sheet_at_the_end_says_what_was_done(told: Told):
    day, sheet = told.day, told.sheet
    assert sheet["Tiếp nhận"] == sheet["Đã trả kết quả"] == str(len(day.received))
    assert sheet["Chứng thực"] == str(len(day.certified)) == "1"
    assert sheet["Số bản chứng thực"] == str(day.certified[0][2])
    waiting = "Quá hạn từ trước", "Hạn trong ngày, chưa xong", "Đang tạm dừng", "Kết quả chưa trả"
    assert [sheet[name] for name in waiting] == ["0"] * 4
    assert day.fees and f"{sum(day.fees):,}".replace(",", ".") in told.cash


@pytest.mark.usefixtures("told")
def test_the_journal_of_the_day_verifies(office: Live):
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("MOTCUA_", "DJANGO_"))}
    data = {"MOTCUA_DATA": str(Path(office.database).parent), "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-m", "motcua.cli", "verify"], env=inherited | data,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
