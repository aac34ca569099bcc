"""The one command, `./motcua`: finds the handler of what was asked, and says refusals plainly.

Every handler is `main(argv) -> int` in a module imported only when asked for: `due` answers
without the framework. Exit codes: 0 done, 1 refused or found wrong, 2 not understood, 130 stopped.
"""

import errno
import importlib
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.kernel.errors import BadInput, Refused

if TYPE_CHECKING:
    from motcua.kernel.calendar import Calendar

REPOSITORY = Path(__file__).resolve().parents[2]
NO_DATA = "Chưa có dữ liệu trong {folder}: chạy ./motcua demo hoặc ./motcua init trước."
HALF_BUILT = (
    "Dữ liệu mẫu trong {folder} chưa dựng xong (lần dựng trước bị ngắt): chạy lại ./motcua demo."
)
NEEDS_NO_DATA = frozenset({"-h", "--help", "--verify"})
"""Options of commands that read: with one of them, they look elsewhere."""
REFUSED, BAD_INPUT, INTERRUPTED = 1, 2, 130


@dataclass(frozen=True, slots=True)
class Command:
    """`module` holds the handler; with `framework`, Django is made ready before its import.

    `reads`: works only on data that `demo` or `init` made before.
    """

    module: str
    shape: str
    vi: str
    en: str
    framework: bool = True
    reads: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    vi: str
    en: str
    commands: dict[str, Command]


GROUPS = (
    Group(
        "Bắt đầu",
        "Begin",
        {
            "demo": Command(
                "motcua.demo.command",
                "demo [--figures FILE.csv] [--no-serve]",
                "Dựng một xã mẫu với một năm hồ sơ, rồi mở trang",
                "Build a demo commune with a year of dossiers, then serve it",
            ),
            "init": Command(
                "motcua.setup.init_command",
                "init [--name … --place … --code …]",
                "Cài đặt thật cho một đơn vị, không có dữ liệu mẫu",
                "A real installation for an agency, without demo data",
            ),
            "serve": Command(
                "motcua.serve",
                "serve [--host HOST] [--port PORT]",
                "Mở trang cho cán bộ (mặc định 127.0.0.1:8000)",
                "Serve the pages (default 127.0.0.1:8000)",
            ),
        },
    ),
    Group(
        "Đưa vào và giữ an toàn",
        "Bring in and keep safe",
        {
            "import": Command(
                "motcua.setup.import_command",
                "import FILE --kind dossiers [--dry-run] [--format json]",
                "Đưa hồ sơ của hệ thống khác vào (XLSX, CSV)",
                "Bring in dossiers of another system (XLSX, CSV)",
            ),
            "backup": Command(
                "motcua.setup.backup_command",
                "backup FILE|DIR [--keep N], backup --verify FILE",
                "Sao lưu dữ liệu và tệp, kể cả lúc đang mở trang; kiểm tra bản sao lưu",
                "Back up database and files, while serving too; check an archive",
                reads=True,
            ),
            "restore": Command(
                "motcua.setup.restore_command",
                "restore FILE --data DIR",
                "Khôi phục bản sao lưu vào nơi trống, rồi kiểm tra nhật ký",
                "Restore an archive into an empty place, then verify the journal",
            ),
            "admin-code": Command(
                "motcua.people.admin_code_command",
                "admin-code LOGIN",
                "Mã dùng một lần cho quản trị bị mất mật khẩu",
                "A one-time code for an administrator who cannot log in",
                reads=True,
            ),
            "systemd": Command(
                "motcua.setup.systemd_command",
                "systemd [--user NAME] [--host HOST] [--port PORT] [--tls]",
                "In tệp dịch vụ systemd để mở trang khi máy khởi động",
                "Print a systemd unit that serves from boot",
                framework=False,
            ),
        },
    ),
    Group(
        "Tính và báo cáo",
        "Compute and report",
        {
            "due": Command(
                "motcua.kernel.due_command",
                "due --received INSTANT --term TERM [--agency CODE] …",
                "Tính hạn trả kết quả, kèm từng bước giải thích",
                "Compute a due time, with the lines of its proof",
                framework=False,
            ),
            "report": Command(
                "motcua.report.report_command",
                "report --period 2023 --format json [--out FILE]",
                "Số liệu của một kỳ báo cáo",
                "The figures of a period",
                reads=True,
            ),
            "records": Command(
                "motcua.report.records_command",
                "records --period 2023 --figure ID --format json",
                "Danh sách hồ sơ đứng sau một số liệu",
                "The list of records behind a figure",
                reads=True,
            ),
            "verify": Command(
                "motcua.report.verify_command",
                "verify",
                "Kiểm tra nhật ký: chỉ ra việc bị sửa, xoá, chèn",
                "Check the journal: name what was altered, removed or inserted",
                reads=True,
            ),
        },
    ),
    Group(
        "Cho người phát triển",
        "For developers",
        {
            "test": Command(
                "tests.stages",
                "test [PATH -k NAME …]",
                "Cài công cụ còn thiếu và chạy mọi kiểm thử",
                "Set up what is missing and run all tests",
                framework=False,
            ),
            "bench": Command(
                "bench.run",
                "bench [NAME …] --format json",
                "Đo tốc độ, so với giới hạn đo trong cùng lần chạy",
                "Measure speed against limits of the same run",
                framework=False,
            ),
            "manage": Command(
                "",
                "manage COMMAND …",
                "Lệnh quản trị của Django",
                "Django's management commands",
                framework=False,
            ),
        },
    ),
)
COMMANDS = {name: command for group in GROUPS for name, command in group.commands.items()}
LATER = ("score",)


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns its exit code. Prints one sentence for whatever is refused."""
    try:
        code = _run(_take_data(list(sys.argv[1:] if argv is None else argv)))
        sys.stdout.flush()
        return code
    except Refused as refused:
        print(refused, file=sys.stderr)
        return BAD_INPUT if isinstance(refused, BadInput) else REFUSED
    except KeyboardInterrupt:
        print("\nĐã dừng theo yêu cầu. (Stopped.)", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except OSError as error:
        print(_sentence(error), file=sys.stderr)
        return REFUSED
    except Exception as error:
        sentence = _database_sentence(error)
        if sentence is None:
            raise
        print(sentence, file=sys.stderr)
        return REFUSED


def _run(argv: list[str]) -> int:
    if not argv or argv[0] in ("--help", "-h", "help"):
        print(help_text())
        return 0
    name, rest = argv[0], argv[1:]
    if name == "--version":
        print(importlib.import_module("motcua").__version__)
        return 0
    if name in LATER:
        raise BadInput("Lệnh “{name}” sẽ có ở phiên bản sau. (In a later version.)", name=name)
    if name not in COMMANDS:
        raise BadInput("Không có lệnh “{name}”. Xem: ./motcua --help", name=name)
    return _handle(name, rest)


def _handle(name: str, rest: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    command = COMMANDS[name]
    if name == "manage":
        return _manage(rest)
    if command.module.partition(".")[0] != "motcua":
        sys.path.insert(0, str(REPOSITORY))
    if command.reads and not NEEDS_NO_DATA & set(rest):
        _require_data()
    if command.framework:
        _set_up_framework()
    handler = importlib.import_module(command.module).main
    if name == "due":
        return int(handler(rest, calendar_for=_calendar_for))
    return int(handler(rest))


def _take_data(argv: list[str]) -> list[str]:
    """Take `--data DIR` out of the arguments, for the settings; make the folder absolute."""
    kept: list[str] = []
    words = iter(argv)
    for word in words:
        if word == "--data" or word.startswith("--data="):
            folder = word[len("--data=") :] if "=" in word else next(words, "")
            if not folder:
                raise BadInput("Thiếu thư mục sau --data, ví dụ: --data ./data")
            os.environ["MOTCUA_DATA"] = folder
        else:
            kept.append(word)
    os.environ["MOTCUA_DATA"] = os.path.abspath(
        os.environ.get("MOTCUA_DATA") or REPOSITORY / "data"
    )
    return kept


def _set_up_framework() -> None:
    import django

    _keep_private()
    django.setup()


def _keep_private() -> None:
    """What this process makes from now on, only its owner reads: folders 0700, files 0600."""
    os.umask(0o077)


def _require_data() -> None:
    folder = Path(os.environ["MOTCUA_DATA"])
    if not os.environ.get("MOTCUA_DATABASE") and not (folder / "motcua.sqlite3").exists():
        raise Refused(NO_DATA, folder=folder)
    marker = folder / "demo.json"
    if marker.exists() and not json.loads(marker.read_text(encoding="utf-8")).get("ready"):
        raise Refused(HALF_BUILT, folder=folder)


def _manage(rest: list[str]) -> int:
    from django.core.management import execute_from_command_line

    _keep_private()
    Path(os.environ["MOTCUA_DATA"]).mkdir(parents=True, exist_ok=True)
    execute_from_command_line(["./motcua manage", *rest])
    return 0


def _calendar_for(code: str) -> "Calendar":
    """The calendar of the agency that bears `code`. BadInput when the data knows none."""
    _require_data()
    _set_up_framework()
    from motcua.people import queries

    agency = queries.agency_by_code(code)
    if agency is None:
        raise BadInput("Không có đơn vị nào mang mã “{code}”.", field="agency", code=code)
    return queries.calendar(agency)


def _sentence(error: OSError) -> str:
    """What the machine refused, and what to do, in one line."""
    where = error.filename or os.environ.get("MOTCUA_DATA", "")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"Không ghi hoặc đọc được {where}; chọn thư mục khác bằng --data hoặc cấp quyền."
    if error.errno == errno.ENOSPC:
        return f"Ổ đĩa chứa {where} đã đầy; giải phóng chỗ rồi chạy lại."
    return f"Máy từ chối: {error.strerror or error} ({where})"


def _database_sentence(error: Exception) -> str | None:
    """One line for a database that is not there, not made or not writable; None for a defect."""
    module = sys.modules.get("django.db.utils")
    if module is None or not isinstance(error, module.DatabaseError):
        return None
    text = str(error).strip().partition("\n")[0]
    if "no such table" in text or ("relation" in text and "does not exist" in text):
        return NO_DATA.format(folder=os.environ["MOTCUA_DATA"])
    if isinstance(error, module.OperationalError):
        return f"Không dùng được cơ sở dữ liệu của {os.environ['MOTCUA_DATA']}: {text}"
    return None


def help_text() -> str:
    """The help page, Vietnamese first with English beneath."""
    lines = [
        "Một Cửa: bộ phận một cửa của xã, và báo cáo năm từ chính dữ liệu ấy.",
        "The one-stop desk of a commune, and its yearly report from the same data.",
        "",
        "Cách dùng (usage):  ./motcua LỆNH [--data DIR] […]",
    ]
    for group in GROUPS:
        lines += ["", f"{group.vi} ({group.en})"]
        for command in group.commands.values():
            lines += [f"  {command.shape}", f"      {command.vi}", f"      {command.en}"]
    return "\n".join(lines + _EXAMPLES)


_EXAMPLES = [
    "",
    "Chung cho mọi lệnh (common)",
    "  --data DIR    thư mục dữ liệu; hoặc biến MOTCUA_DATA; mặc định: data cạnh lệnh này",
    "                the data folder; or MOTCUA_DATA; default: data beside this command",
    "  LỆNH --help   mọi lựa chọn của một lệnh (all options of a command)",
    "",
    "Ví dụ (examples)",
    "  ./motcua demo",
    '  ./motcua due --received 2024-02-07T16:10 --term "3 ngày làm việc"',
    "  ./motcua report --period 2023 --format json --out 2023.json",
    "  ./motcua serve --port 8080 --data /srv/motcua",
]

if __name__ == "__main__":
    sys.exit(main())
