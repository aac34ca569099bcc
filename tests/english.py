"""What must be said in English: every msgid of the application, gathered from the code itself.

`python -m tests.english` adds what is missing to the catalogue (with an empty translation) and
takes away what nobody says any more.
"""

import ast
import importlib
import os
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent / "src/motcua"
PO = ROOT / "locale/en/LC_MESSAGES/django.po"
TRANSLATORS = frozenset({"_", "gettext", "gettext_lazy", "ngettext", "say"})
VIETNAMESE = re.compile("[à-ỹĂăĐđĨĩŨũƠơƯư]", re.IGNORECASE)
CALLED = re.compile(r"gettext\(u?(?P<text>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")")


def sources() -> list[Path]:
    """The application's own Python, without tests and migrations."""
    apart = {"tests", "migrations"}
    return sorted(p for p in ROOT.rglob("*.py") if not apart & set(p.parts))


def templates() -> list[Path]:
    return sorted(ROOT.rglob("templates/**/*.html"))


def msgids() -> set[str]:
    """All of them."""
    _load_everything()
    found = {text for path in sources() for text in called(ast.parse(path.read_text()))}
    found |= {text for path in templates() for text in of_template(path.read_text())}
    return {text for text in found | of_refusals() | of_labels() | of_columns() if text}


def _load_everything() -> None:
    import motcua

    for module in pkgutil.walk_packages(motcua.__path__, "motcua."):
        if ".tests" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def called(tree: ast.AST) -> Iterator[str]:
    """Literals given to a translator, and the sentences that refusals are raised with."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node) in TRANSLATORS:
            yield from _literals(node.args[:2] if _name(node) == "ngettext" else node.args[:1])
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            yield from (t for t in _literals(node.exc.args[:1]) if VIETNAMESE.search(t))


def _name(call: ast.Call) -> str:
    return str(getattr(call.func, "id", getattr(call.func, "attr", "")))


def _literals(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.IfExp):
            yield from _literals([node.body, node.orelse])


def of_template(text: str) -> Iterator[str]:
    from django.utils.translation.template import templatize

    for match in CALLED.finditer(templatize(text)):
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
    return {name for name in names if VIETNAMESE.search(name)}


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
