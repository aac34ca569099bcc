"""What must be said in English: every msgid of the application, gathered from the code itself.

`python -m tests.english` adds what is missing to the catalogue (with an empty translation) and
takes away what nobody says any more.
"""

import ast
import csv
import importlib
import json
import os
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

ROOT = Path(__file__).resolve().parent.parent / "src/motcua"
PO = ROOT / "locale/en/LC_MESSAGES/django.po"
VIETNAMESE = re.compile(
    "[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", re.IGNORECASE
)
CALLED = re.compile(r"gettext\(u?(?P<text>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")")
INLINE = re.compile(r"\b_\((?P<text>'[^']*'|\"[^\"]*\")\)")
CODE = re.compile(r"[a-z]+(-[a-z]+)+$")
LAW = re.compile(r"(NĐ|TT|QĐ|NQ|Luật|#)[ ,]*[\d#]")
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
KEPT = frozenset({"purpose", "subject", "source"})
"""Arguments that are kept with a record, in the law's language, and not said to a reader."""
# Official papers, commands, what is made in both languages, and data: Vietnamese as they are.
NOT_SAID = (
    "cli.py", "serve.py", "settings.py", "demo/", "management/", "kernel/", "papers/pdf",
    "papers/fonts.py", "dossiers/printing", "dossiers/hand_overs.py", "dossiers/diagram.py",
    "procedures/shipped.py", "report/figures.py", "report/verify_command.py",
    "report/report_command.py", "report/records_command.py", "report/command_line.py",
    "setup/init_command.py", "setup/import_command.py", "setup/backup_command.py",
    "setup/restore_command.py", "setup/systemd_command.py", "setup/snapshot.py",
    "setup/archive.py", "setup/upgrade.py", "setup/options.py", "setup/rules.py",
    "journal/queries.py", "journal/facts.py", "web/specimens.py",
)  # fmt: skip


def sources() -> list[Path]:
    """The application's own Python, without tests and migrations."""
    apart = {"tests", "migrations"}
    return sorted(p for p in ROOT.rglob("*.py") if not apart & set(p.parts))


def templates() -> list[Path]:
    return sorted(ROOT.rglob("templates/**/*.html"))


def msgids() -> set[str]:
    """All of them."""
    _load_everything()
    found = {text for path in said_in() for text in literals(ast.parse(path.read_text()))}
    found |= {text for path in sources() for text in called(ast.parse(path.read_text()))}
    found |= {text for path in templates() for text in of_template(path.read_text())}
    found |= of_refusals() | of_labels() | of_columns() | of_figures()
    return {text for text in found if text.strip()}


def _load_everything() -> None:
    import motcua

    for module in pkgutil.walk_packages(motcua.__path__, "motcua."):
        if ".tests" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def said_in() -> list[Path]:
    """The sources whose Vietnamese words readers see."""
    return [
        path for path in sources()
        if not str(path.relative_to(ROOT)).startswith(NOT_SAID) and "management" not in path.parts
        and not path.name.endswith("_command.py")
    ]  # fmt: skip


def called(tree: ast.AST) -> Iterator[str]:
    """Literals given to a translator: those without Vietnamese letters too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node) in ("_", "gettext", "gettext_lazy", "say"):
            yield from (a.value for a in node.args[:1] if _is_text(a) and not CODE.match(a.value))
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            yield from (a.value for a in node.exc.args[:1] if _is_text(a) and is_said(a.value))


def is_said(text: str) -> bool:
    """Whether a literal is Vietnamese words for a reader, not the name of a law."""
    return bool(VIETNAMESE.search(text)) and not LAW.match(text) and text not in MOTTO


def literals(tree: ast.AST) -> Iterator[str]:
    """Vietnamese sentences in the code, but for docstrings and what is kept with a record."""
    apart = {id(one) for node in ast.walk(tree) for one in _not_said(node)}
    for node in ast.walk(tree):
        if id(node) not in apart and _is_text(node) and is_said(node.value):
            yield node.value


def glued(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Vietnamese words inside f-strings, where no translator finds them: (line, words)."""
    apart = {id(one) for node in ast.walk(tree) if _is_kept(node) for one in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and id(node) not in apart:
            for part in node.values:
                if _is_text(part) and VIETNAMESE.search(part.value):
                    yield node.lineno, part.value


def _is_kept(node: ast.AST) -> bool:
    """What is kept with a record, and sentences made in both languages."""
    if isinstance(node, ast.keyword):
        return node.arg in KEPT
    names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    return isinstance(node, ast.Assign) and bool(names & KEPT or {"vi", "en"} <= names)


def _not_said(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Expr) and _is_text(node.value):
        yield node.value
    elif isinstance(node, ast.JoinedStr) or (isinstance(node, ast.keyword) and node.arg in KEPT):
        yield from ast.walk(node)


def _is_text(node: ast.AST) -> TypeGuard[ast.Constant]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _name(call: ast.Call) -> str:
    return str(getattr(call.func, "id", getattr(call.func, "attr", "")))


def of_template(text: str) -> Iterator[str]:
    """What a template says: its blocks, and each `_("…")` inside a tag or a variable."""
    from django.utils.translation.template import templatize

    for match in CALLED.finditer(templatize(text)):
        yield ast.literal_eval(match["text"])
    for match in INLINE.finditer(text):
        yield ast.literal_eval(match["text"])


def of_refusals() -> set[str]:
    from motcua.kernel.errors import Refused

    return {kind.message for kind in (Refused, *_below(Refused))}


def of_labels() -> set[str]:
    from motcua.kernel.labelled import Labelled

    return {member.vi for kind in _below(Labelled) for member in kind}


def _below(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        if one.__module__.startswith("motcua.") and ".tests" not in one.__module__:
            yield one
            yield from _below(one)


def of_columns() -> set[str]:
    """The names of columns: a text that is too long is refused by the name of its column."""
    from django.apps import apps

    models = [m for m in apps.get_models() if m.__module__.startswith("motcua.")]
    names = {str(f.verbose_name) for m in models for f in m._meta.fields if f.max_length}
    return {name for name in names if is_said(name)}


def of_figures() -> set[str]:
    """The names, definitions and units of the figures, which are data."""
    from motcua.report.figures import UNITS

    data = ROOT / "report/data"
    with (data / "seed_figures.csv").open(encoding="utf-8") as file:
        found = {row["label"] for row in csv.DictReader(file)}
    for path in data.glob("figures_*.json"):
        found |= {f["definition"] for f in json.loads(path.read_text())["figures"]}
    return found | {unit for unit in UNITS.values() if is_said(unit)}


def catalogue() -> dict[str, str]:
    """The English of each msgid, as the file has it."""
    from babel.messages.pofile import read_po

    with PO.open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file, locale="en") if m.id}


def write(entries: dict[str, str]) -> None:
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    made = Catalog(locale="en", project="motcua", charset="utf-8")
    for text in sorted(entries):
        made.add(text, entries[text])
    with PO.open("wb") as file:
        write_po(file, made, width=100, omit_header=True)
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    header += '"Content-Transfer-Encoding: 8bit\\n"\n\n'
    PO.write_text(header + PO.read_text())


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    django.setup()
    known = catalogue() if PO.exists() else {}
    wanted = msgids()
    write({text: known.get(text, "") for text in wanted})
    missing = [text for text in wanted if not known.get(text)]
    print(f"{len(wanted)} msgids, {len(missing)} without English, {len(set(known) - wanted)} gone")


if __name__ == "__main__":
    main()
