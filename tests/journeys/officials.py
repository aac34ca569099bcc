"""The five officials of a day: each has pages of their own, and does what those pages show.

They work at once, as tasks of one loop. What hands work on is the application; a bell only says
that something may have come, so that nobody looks again and again.
"""

import asyncio
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from playwright.async_api import Page, expect

PATIENCE = 20_000
"""Milliseconds of a page that hangs; else nobody waits for them."""
expect.set_options(timeout=PATIENCE)
CODE = re.compile(r"/ho-so/([^/?#]+)$")


@dataclass
class Day:
    """What the screens acknowledged so far, and who is told when work is handed on."""

    to_send: int
    received: list[str] = field(default_factory=list)
    certified: list[tuple[str, str, int]] = field(default_factory=list)
    fees: list[int] = field(default_factory=list)
    signed: int = 0
    sealed: list[str] = field(default_factory=list)
    handed: list[str] = field(default_factory=list)
    undone: list[str] = field(default_factory=list)
    worked: dict[str, list[float]] = field(default_factory=dict)
    bells: dict[str, asyncio.Event] = field(default_factory=dict)

    def ring(self, *names: str) -> None:
        for name in names:
            self.bell(name).set()

    def bell(self, name: str) -> asyncio.Event:
        return self.bells.setdefault(name, asyncio.Event())


@dataclass
class Official:
    """Somebody at a page. `name` is whom the bell rings for."""

    name: str
    page: Page
    day: Day

    async def come(self) -> None:
        """Wait until somebody says that there is something; it may be said again from now on."""
        bell = self.day.bell(self.name)
        await bell.wait()
        bell.clear()

    async def open(self, code: str) -> None:
        """The page of a dossier; what was just received is one already."""
        if f"/ho-so/{code}" not in self.page.url:
            await self.page.goto(f"/ho-so/{code}")

    async def press(self, name: str) -> None:
        await self.page.get_by_role("button", name=name).click()

    async def follow(self, name: str) -> None:
        await self.page.get_by_role("link", name=name).first.click()

    async def told(self, words: str | re.Pattern[str]) -> None:
        """The page acknowledges in these words; that is when it counts as done."""
        await expect(self.page.locator("#tin")).to_contain_text(words)
        self.day.worked.setdefault(self.name, []).append(time.monotonic())

    async def listed(self, where: str = "main") -> list[str]:
        """The codes of the dossiers that the officer's day shows."""
        await self.page.goto("/hom-nay")
        links = self.page.locator(f"{where} a[href^='/ho-so/']")
        addresses = await links.evaluate_all("all => all.map(one => one.getAttribute('href'))")
        return [found[1] for address in addresses if (found := CODE.search(address))]


@dataclass
class AtDesk(Official):
    """Receives, sends on, takes fees, hands over. `mine` waits for its citizens."""

    mine: list[str] = field(default_factory=list)
    lost_receipt: bool = False
    wrong_fee: bool = False

    async def receive(self, number: str, name: str, *procedures: str) -> list[str]:
        """One citizen's visit, its dossiers in order; returns their codes."""
        await self.page.goto("/tiep-nhan")
        await self.page.get_by_label("Số định danh").first.fill(number)
        await self.page.get_by_label("Họ và tên").first.fill(name)
        codes: list[str] = []
        for procedure in procedures:
            if codes:
                await self.press("Nhận thêm hồ sơ của người này")
                await expect(self.page.locator("[name=luot]")).to_have_value(codes[-1])
            codes.append(await self._one(procedure))
        if len(codes) > 1:
            told = self.page.get_by_text(f"Lượt này có {len(codes)} hồ sơ")
            await expect(told).to_be_visible()
        return codes

    async def _one(self, procedure: str) -> str:
        await self.page.get_by_label("Thủ tục").first.fill(procedure)
        found = self.page.locator(".results").get_by_label(re.compile(f"^{procedure}"))
        if await found.is_checked():  # the only one: nothing to choose
            await found.press("Enter")
        await found.check()
        await expect(self.page.locator("#hen-tra")).to_contain_text("Hẹn trả")
        every = self.page.get_by_role("button", name="Đủ tất cả")
        if await every.count():
            await every.click()
            papers = await self.page.locator("input[value=co]").count()
            await expect(self.page.locator("input[value=co]:checked")).to_have_count(papers)
        else:
            await self.page.get_by_label("Giấy tờ khác nhận kèm").fill("Tờ khai")
        await self.press("Tiếp nhận và in giấy hẹn")
        await self.page.wait_for_url("**/da-tiep-nhan")
        await self.told("Đã tiếp nhận")
        code = self.page.url.split("/")[-2]
        self.mine.append(code)
        self.day.received.append(code)
        return code

    async def send_on(self, codes: Iterable[str]) -> None:
        for code in codes:
            await self.open(code)
            await self.follow("Chuyển xử lý")
            await self.press("Chuyển xử lý")
            await self.told(f"Đã chuyển hồ sơ {code} cho")
            self.day.ring("specialist")

    async def certify(self, code: str, document: str, copies: int) -> None:
        """Entered in the book under the number it proposes, and done on the spot."""
        await self.page.goto(f"/ho-so/{code}")
        await self.page.get_by_text("Việc khác").click()
        await self.follow("Ghi sổ chứng thực")
        await self.page.get_by_label("Giấy tờ được chứng thực").fill(document)
        await self.page.get_by_label("Số bản").first.fill(str(copies))
        number = await self.page.get_by_label("Số chứng thực").first.input_value()
        await self.press("Ghi sổ chứng thực")
        await self.told(f"cho hồ sơ {code}: {copies} bản.")
        self.day.certified.append((code, number, copies))
        await self.page.goto(f"/ho-so/{code}/viec/giai-quyet-ngay")
        await self.page.get_by_label(re.compile("^Chủ tịch")).check()
        await self.page.get_by_label("Số chứng thực").fill(number)
        await self.press("Giải quyết ngay")
        await self.told(code)

    async def hand_out(self) -> None:
        """Whatever the day shows as done, to those of my citizens who wait."""
        shown = await self.listed("details.group")
        for code in [code for code in shown if code in self.mine and code not in self.day.handed]:
            await self.page.goto(f"/ho-so/{code}")
            if await self.page.get_by_role("link", name="Thu phí").count():
                await self._take_fee(code)
            await self.follow("Trả kết quả")
            if self.lost_receipt:
                await self.page.get_by_text("Mất giấy hẹn", exact=True).click()
                await self.page.get_by_label("Giấy tờ đã đối chiếu").fill("căn cước, khớp ảnh")
                self.lost_receipt = False
            await self.press("Trả kết quả")
            await self.told(f"Đã trả kết quả hồ sơ {code}.")
            self.day.handed.append(code)

    async def _take_fee(self, code: str) -> None:
        """The first time with a wrong amount, which is taken back and typed anew."""
        await self.follow("Thu phí")
        address = self.page.url
        amount = self.page.get_by_label("Số tiền đã thu")
        owed = await amount.input_value()
        if self.wrong_fee:
            await amount.fill("2000")
            await self.press("Thu phí")
            await self.told(f"Đã ghi thu phí hồ sơ {code}.")
            await self.press("Hoàn tác")
            await self.told("Đã hoàn tác “Thu phí”")
            self.day.undone.append(code)
            self.wrong_fee = False
            await self.page.goto(address)
        await expect(amount).to_have_value(owed)
        await self.press("Thu phí")
        await self.told(f"Đã ghi thu phí hồ sơ {code}.")
        self.day.fees.append(int(owed))

    async def until_all_fetched(self) -> None:
        while set(self.mine) - set(self.day.handed):
            await self.come()
            await self.hand_out()


class Specialist(Official):
    """Assesses what comes from the desk, and submits it to the chairman."""

    async def work(self) -> None:
        done = 0
        while done < self.day.to_send:
            await self.come()
            for code in await self.listed("section.group"):
                await self._one(code)
                done += 1
                self.day.ring("leader")

    async def _one(self, code: str) -> None:
        await self.page.goto(f"/ho-so/{code}")
        await self.follow("Ghi ý kiến thẩm định")
        opinion = self.page.get_by_role("textbox", name="Ý kiến thẩm định")
        await opinion.fill("Đủ điều kiện, đúng bản chính")
        await self.press("Ghi ý kiến thẩm định")
        await self.follow("Trình ký")
        await self.page.get_by_label(re.compile("^Chủ tịch")).check()
        await self.press("Trình ký")
        await self.told(f"Đã trình hồ sơ {code} cho Chủ tịch.")


class Leader(Official):
    """Signs on a phone whatever waits, all of it at once."""

    async def work(self) -> None:
        while self.day.signed < self.day.to_send:
            await self.come()
            await self.page.goto("/cho-ky")
            labels = self.page.locator("ul.cards label.choice")
            waiting = await labels.count()
            for number in range(waiting):
                await labels.nth(number).tap()
            if waiting:
                await self._sign(waiting)

    async def _sign(self, count: int) -> None:
        await self.page.get_by_role("button", name="Xem lại và ký hồ sơ đã chọn").tap()
        await self.page.get_by_role("button", name=f"Ký {count} hồ sơ").tap()
        await self.told(f"Đã ký {count} hồ sơ.")
        self.day.signed += count
        self.day.ring("clerk")


class Clerk(Official):
    """Numbers and seals what was signed, and sends the results back to the desk."""

    async def work(self) -> None:
        while len(self.day.sealed) < self.day.to_send:
            await self.come()
            for code in await self.listed("section.group"):
                await self.page.goto(f"/ho-so/{code}")
                await self.follow("Vào số, đóng dấu")
                number = f"{len(self.day.sealed) + 1}/TLKS"
                await self.page.get_by_label("Số văn bản kết quả").fill(number)
                await self.press("Vào số, đóng dấu")
                await self.follow("Chuyển kết quả về Một cửa")
                await self.press("Chuyển kết quả về Một cửa")
                await self.told("về Một cửa.")
                self.day.sealed.append(code)
                self.day.ring("desk", "colleague")
