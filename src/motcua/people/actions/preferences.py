"""Tùy chọn: keys and language of one officer."""

from datetime import datetime

from motcua.journal.actions import action, record
from motcua.kernel.errors import BadInput
from motcua.people.actions._common import locked
from motcua.people.actions.officers import write_officer
from motcua.people.models import Officer
from motcua.people.preferences import KEYS, LANGUAGES, Preferences


class SameKey(BadInput):
    code = "same-key"
    message = "Phím {key} đang đặt cho hai việc. Chọn phím khác cho một việc, hoặc tắt đi."


class UnknownChoice(BadInput):
    code = "unknown-choice"
    message = "Lựa chọn “{text}” không có. Chọn lại trong danh sách."


@action("officer.preferences-set")
def set_preferences(
    *, by: Officer, at: datetime, key: str, receive_key: str, next_key: str, language: str
) -> Officer:
    """Which keys open reception and the next dossier ("" for none), and the language.

    Raises SameKey, UnknownChoice.
    """
    for text, known in ((receive_key, KEYS), (next_key, KEYS), (language, LANGUAGES)):
        if text and text not in known:
            raise UnknownChoice(text=text)
    if receive_key and receive_key == next_key:
        raise SameKey(key=receive_key, field="next_key")
    locked(by.agency)
    officer = Officer.objects.select_for_update(no_key=True).get(pk=by.pk)
    before = officer.preferences
    officer.preferences = Preferences(receive_key, next_key, language).stored()
    data = officer.preferences | {"before": before}
    record(officer, verb="officer.preferences-set", by=by, at=at, key=key, data=data)
    write_officer(officer, by.agency)
    by.preferences = officer.preferences
    return officer
