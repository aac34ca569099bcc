"""What the law says of one dossier, without knowing where it is stored. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from motcua.kernel import clock
from motcua.kernel.calendar import Calendar
from motcua.kernel.clock import Due, Outcome, Pause
from motcua.kernel.labelled import Labelled
from motcua.kernel.law import Dated
from motcua.kernel.terms import Cutoff, Term, Unit
from motcua.kernel.vntime import VN, local, local_day
from motcua.kernel.words import either
from motcua.people.rules import Role
from motcua.procedures.rules import RESUME_AFTER_SUPPLEMENT, Step, StepKind


class State(Labelled):
    """The ten national states (trạng thái hồ sơ, as synchronised to the national portal)."""

    REGISTERED = "1", "Mới đăng ký"
    RECEIVED = "2", "Được tiếp nhận"
    NOT_RECEIVED = "3", "Không được tiếp nhận"
    IN_PROGRESS = "4", "Đang xử lý"
    SUPPLEMENT = "5", "Chờ bổ sung"
    PAYMENT = "6", "Chờ nộp phí"
    WITHDRAWN = "7", "Công dân rút hồ sơ"
    STOPPED = "8", "Dừng xử lý"
    DONE = "9", "Đã xử lý xong"
    RETURNED = "10", "Đã trả kết quả"


S = State
PAUSED = frozenset({S.SUPPLEMENT, S.PAYMENT})
OPEN = frozenset({S.RECEIVED, S.IN_PROGRESS, S.SUPPLEMENT, S.PAYMENT})
FINISHED = frozenset({S.DONE, S.RETURNED, S.WITHDRAWN, S.STOPPED})
WORKING = frozenset({S.RECEIVED, S.IN_PROGRESS})


class Phase(Labelled):
    """Where the work inside states 2 and 4 stands; never shown to citizens."""

    RECEIVED = "received", "Chờ chuyển xử lý"
    ASSESSING = "assessing", "Đang thẩm định"
    ASSESSED = "assessed", "Đã thẩm định, chờ trình"
    SIGNING = "signing", "Chờ ký duyệt"
    APPROVED = "approved", "Đã ký, chờ vào số"
    SEALED = "sealed", "Đã vào số, chờ chuyển trả"
    CLOSED = "closed", "Xong"


PHASE_STEP = {
    Phase.RECEIVED: StepKind.RECEIVE,
    Phase.ASSESSING: StepKind.ASSESS,
    Phase.ASSESSED: StepKind.ASSESS,
    Phase.SIGNING: StepKind.SIGN,
    Phase.APPROVED: StepKind.SEAL,
    Phase.SEALED: StepKind.SEAL,
    Phase.CLOSED: StepKind.RETURN,
}


class Channel(Labelled):
    """Kênh nộp: KenhThucHien 1 (counter), 2 (online), 3 (post); the others are ours."""

    COUNTER = "counter", "Trực tiếp"
    ONLINE = "online", "Trực tuyến"
    POST = "post", "Bưu chính công ích"
    KIOSK = "kiosk", "Ki-ốt"
    IMPORT = "import", "Nhập từ hệ thống khác"


class PaperAs(Labelled):
    """How a required paper came in."""

    PAPER = "paper", "Bản giấy"
    FILE = "file", "Bản điện tử"
    DATA = "data", "Dùng dữ liệu"
    EXEMPT = "exempt", "Miễn"
    MISSING = "missing", "Thiếu"


class Money(Labelled):
    """State of the money; apart from the state of the work."""

    NONE = "none", "Không phải nộp"
    OWED = "owed", "Chưa nộp"
    PAID = "paid", "Đã nộp"


class ReturnBy(Labelled):
    """Phương thức nhận kết quả."""

    COUNTER = "counter", "Tại quầy"
    POST = "post", "Bưu chính công ích"
    ONLINE = "online", "Bản điện tử"


class AuthorityKind(Labelled):
    """On what authority somebody files for another."""

    WRITTEN = "written", "Giấy ủy quyền"
    GUARDIAN = "guardian", "Cha, mẹ, người giám hộ"
    ORGANISATION = "organisation", "Người đại diện tổ chức"


class ResultKind(Labelled):
    GRANTED = "granted", "Có kết quả"
    REFUSED = "refused", "Từ chối giải quyết"


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done to a dossier: from which states and phases, by whom, to where."""

    vi: str
    english: str
    before: frozenset[State]
    after: State | None
    roles: tuple[Role, ...]
    phases: frozenset[Phase] | None = None

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return either(self.vi, self.english)


def _states(*states: State) -> frozenset[State]:
    return frozenset(states)


def _phases(*phases: Phase) -> frozenset[Phase]:
    return frozenset(phases)


DESK, SPECIALIST, LEADER, CLERK = Role.DESK, Role.SPECIALIST, Role.LEADER, Role.CLERK
ACTS: Mapping[str, Act] = {
    "assign": Act(
        "Chuyển xử lý", "Send on", WORKING, S.IN_PROGRESS, (DESK, SPECIALIST, LEADER),
        _phases(Phase.RECEIVED, Phase.ASSESSING),
    ),
    "assess": Act(
        "Ghi ý kiến thẩm định", "Record the opinion", _states(S.IN_PROGRESS), S.IN_PROGRESS,
        (SPECIALIST,), _phases(Phase.ASSESSING),
    ),
    "submit": Act(
        "Trình ký", "Submit for approval", _states(S.IN_PROGRESS), S.IN_PROGRESS, (SPECIALIST,),
        _phases(Phase.ASSESSED),
    ),
    "approve": Act(
        "Ký duyệt", "Approve", _states(S.IN_PROGRESS), S.IN_PROGRESS, (LEADER,),
        _phases(Phase.SIGNING),
    ),
    "return_for_rework": Act(
        "Trả lại", "Return", _states(S.IN_PROGRESS), S.IN_PROGRESS, (LEADER,),
        _phases(Phase.SIGNING),
    ),
    "number_and_seal": Act(
        "Vào số, đóng dấu", "Number and seal", _states(S.IN_PROGRESS), S.IN_PROGRESS, (CLERK,),
        _phases(Phase.APPROVED),
    ),
    "finish": Act(
        "Chuyển kết quả về Một cửa", "Finish", _states(S.IN_PROGRESS), S.DONE,
        (CLERK, SPECIALIST), _phases(Phase.SEALED),
    ),
    "resolve_on_the_spot": Act(
        "Giải quyết ngay", "Resolve on the spot", _states(S.RECEIVED), S.DONE, (DESK,),
        _phases(Phase.RECEIVED),
    ),
    "hand_over": Act("Trả kết quả", "Hand over", _states(S.DONE), S.RETURNED, (DESK,)),
    "ask_supplement": Act(
        "Yêu cầu bổ sung", "Ask for papers", WORKING, S.SUPPLEMENT, (DESK, SPECIALIST, LEADER),
        _phases(Phase.RECEIVED, Phase.ASSESSING, Phase.ASSESSED),
    ),
    "take_supplement": Act(
        "Nhận giấy tờ bổ sung", "Take the papers", _states(S.SUPPLEMENT), S.IN_PROGRESS,
        (DESK, SPECIALIST),
    ),
    "ask_fee": Act(
        "Yêu cầu nộp phí", "Ask for the fee", WORKING, S.PAYMENT, (DESK, SPECIALIST),
        _phases(Phase.RECEIVED, Phase.ASSESSING, Phase.ASSESSED),
    ),
    "take_fee": Act(
        "Thu phí", "Take the fee", WORKING | {S.PAYMENT, S.DONE}, None, (DESK, SPECIALIST),
    ),
    "refuse": Act(
        "Từ chối giải quyết", "Refuse", _states(S.IN_PROGRESS), S.DONE, (LEADER,),
        _phases(Phase.SIGNING),
    ),
    "withdraw": Act(
        "Rút hồ sơ", "Withdraw", OPEN, S.WITHDRAWN, (DESK,),
        _phases(Phase.RECEIVED, Phase.ASSESSING, Phase.ASSESSED, Phase.SIGNING),
    ),
    "stop": Act(
        "Dừng xử lý", "Stop", OPEN, S.STOPPED, (DESK, LEADER),
        _phases(Phase.RECEIVED, Phase.ASSESSING, Phase.ASSESSED, Phase.SIGNING),
    ),
    "extend": Act(
        "Xin gia hạn và xin lỗi", "Extend with apology", WORKING, None, (LEADER,),
    ),
    "attach": Act(
        "Đính kèm bản quét", "Attach a scan", OPEN | {S.DONE}, None, (DESK, SPECIALIST)
    ),
    "refile": Act(
        "Đổi thủ tục", "Change the procedure", WORKING, None, (DESK,),
        _phases(Phase.RECEIVED, Phase.ASSESSING, Phase.ASSESSED),
    ),
    "certify": Act(
        "Ghi sổ chứng thực", "Enter in the certification book", WORKING | {S.DONE}, None,
        (DESK, SPECIALIST, CLERK),
    ),
    "void_certification": Act(
        "Bỏ lần chứng thực", "Void a certification",
        WORKING | {S.SUPPLEMENT, S.DONE, S.RETURNED}, None,  # a wait for a fee ends by paying alone
        (DESK, SPECIALIST, CLERK),
    ),
    "correct": Act(
        "Đính chính", "Correct", _states(S.DONE, S.RETURNED), None, (LEADER, CLERK)
    ),
}  # fmt: skip


def moves() -> dict[State, frozenset[State]]:
    """Which state may follow which: derived from ACTS, the one table."""
    found: dict[State, set[State]] = {state: set() for state in State}
    for act in ACTS.values():
        for before in act.before:
            if act.after is not None and act.after is not before:
                found[before].add(act.after)
    found[S.SUPPLEMENT].add(S.RECEIVED)
    found[S.PAYMENT] |= {S.RECEIVED, S.IN_PROGRESS}
    return {state: frozenset(to) for state, to in found.items()}


def allowed(act: str, state: State, phase: Phase) -> bool:
    rule = ACTS[act]
    return state in rule.before and (rule.phases is None or phase in rule.phases)


def resume_policy(received_on: date) -> clock.Resume:
    """What a supplement does to the clock, by the rule in force when the dossier was received."""
    return RESUME_AFTER_SUPPLEMENT.on(received_on)


def pauses_of(rows: Iterable[Mapping[str, str]]) -> tuple[Pause, ...]:
    """The ended pauses of a dossier."""
    return tuple(
        Pause(
            datetime.fromisoformat(r["start"]),
            datetime.fromisoformat(r["end"]),
            restarts=r["kind"] == State.SUPPLEMENT,
        )
        for r in rows
        if r.get("end")
    )


def due(
    *,
    started: datetime,
    term: Term,
    cutoff: Cutoff | None,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
) -> Due:
    """When the result is due, with its proof (NĐ 118/2025/NĐ-CP Đ.17.3; NĐ 61/2018 Đ.19.4)."""
    return clock.due(
        received=started,
        term=term,
        calendar=calendar,
        cutoff=cutoff,
        pauses=pauses,
        resume=resume_policy(local_day(started)),
    )


def moved_promise(
    promised: datetime, *, before: datetime, after: datetime, term: Term, calendar: Calendar
) -> datetime:
    """The promised time after an extension, moved as a pause moved the first due time.

    What the citizen took to answer is not taken from the new date that was promised.
    """
    if after <= before:
        return promised
    if term.unit is Unit.WORKING_HOUR:
        spent = clock.working_time(calendar, before, after)
        return clock.add_working_time(calendar, promised, spent)
    days = clock.working_days(calendar, local_day(before), local_day(after))
    day = clock.add_working_days(calendar, local_day(promised), days)
    return datetime.combine(day, local(promised).time(), VN)


def outcome(*, term: Term, due_at: datetime, finished_at: datetime) -> Outcome:
    """Trước hạn, đúng hạn or trễ hạn, against the due time given."""
    return clock.outcome(term=term, due_at=due_at, finished_at=finished_at)


def is_digitised(papers: Iterable[tuple[PaperAs, bool, str]]) -> bool:
    """Whether every paper received on paper has a confirmed file or an exemption with a reason.

    Each paper is (how it came, has a confirmed file, reason of exemption).
    Law: TT 01/2023/TT-VPCP Đ.8; TT 03/2025/TT-VPCP Đ.5.
    """
    return all(
        how is not PaperAs.PAPER or confirmed or bool(exemption)
        for how, confirmed, exemption in papers
    )


EXTENSIONS: Dated[int] = Dated("NĐ 61/2018/NĐ-CP Đ.19.9; NĐ 118/2025/NĐ-CP", {date(2018, 6, 21): 1})
SUPPLEMENTS: Dated[int] = Dated(
    "NĐ 61/2018/NĐ-CP Đ.17.2; NĐ 118/2025/NĐ-CP Đ.17.2.a", {date(2018, 6, 21): 1}
)


def next_role(state: State, phase: Phase) -> Role | None:
    """Who must act next; None when the citizen must, or nobody."""
    if state in (S.REGISTERED, S.RECEIVED, S.DONE):
        return DESK
    if state is S.IN_PROGRESS:
        return {Phase.SIGNING: LEADER, Phase.APPROVED: CLERK, Phase.SEALED: CLERK}.get(
            phase, SPECIALIST
        )
    return None


def step_index(steps: Sequence[Step], phase: Phase, current: int) -> int:
    """The index of the step a phase belongs to: never backwards, except on return for rework."""
    kind = PHASE_STEP[phase]
    for index in range(current, len(steps)):
        if steps[index].kind is kind:
            return index
    return min(current, max(len(steps) - 1, 0))


@dataclass(frozen=True, slots=True)
class Filer:
    """Who brings a dossier for another, and on what authority (Mẫu 01, TT 03/2025/TT-VPCP)."""

    name: str
    kind: AuthorityKind
    paper: str
    id_number: str = ""
    phone: str = ""
    address: str = ""

    def as_data(self) -> dict[str, Any]:
        return {
            "name": self.name, "kind": self.kind.value, "paper": self.paper,
            "id_number": self.id_number, "phone": self.phone, "address": self.address,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class PaperIn:
    """A paper as the desk takes it in."""

    name: str
    how: PaperAs = PaperAs.PAPER
    quantity: int = 1
    original: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a dossier was taken in before the competent agency had it (phi địa giới hành chính).

    `agency` is the name of the office that received it (or of the post), `code` its own code,
    `received_at` its instant of receipt: the clock does not count from it.
    """

    agency: str
    code: str = ""
    received_at: datetime | None = None

    def as_data(self) -> dict[str, Any]:
        at = self.received_at
        return {
            "agency": self.agency, "code": self.code,
            "received_at": at.isoformat() if at is not None else None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Collector:
    """Who fetches a result for the applicant, and on what authority (giấy ủy quyền)."""

    name: str
    paper: str
    id_number: str = ""

    def as_data(self) -> dict[str, Any]:
        return {
            "how": ReturnBy.COUNTER.value, "name": self.name, "paper": self.paper,
            "id_number": self.id_number,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Delivery:
    """A result that was sent: by post to `to` under `tracking`, or as an electronic copy."""

    how: ReturnBy
    to: str = ""
    tracking: str = ""

    def as_data(self) -> dict[str, Any]:
        return {"how": self.how.value, "name": self.to, "tracking": self.tracking}


@dataclass(frozen=True, slots=True)
class CertifiedIn:
    """One entry for a certification book: which paper, how many copies, its fee in đồng.

    `number` is the number in the book of the year; None takes the next one.
    """

    document: str
    copies: int = 1
    fee: int = 0
    number: int | None = None
