"""Who files, as the reception form has it so far: card, number, known people, other filers."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from motcua.dossiers import person_queries, persons, queries
from motcua.dossiers.persons import PersonIn
from motcua.dossiers.reception_fields import member
from motcua.dossiers.rules import AuthorityKind, Filer
from motcua.kernel import idcard
from motcua.kernel.errors import BadInput
from motcua.kernel.text import fold, mask, nfc
from motcua.kernel.vntime import birth_words, parse_birth
from motcua.web.forms import Answers
from motcua.web.refusals import sentence

NEW = "moi"
"""The value of `nguoi` when the officer said that none of those offered is the person."""


class Who:
    """Reads and completes the answers about people in `data`; never writes.

    `card` is the card that was just read from the field of the number: what it says now stands
    in the form, and nothing may be written before somebody has seen it.
    """

    def __init__(self, data: dict[str, Any], at: datetime) -> None:
        self.data, self.at = data, at
        self.answers = Answers(data)
        self.card: idcard.Card | None = None
        self.notes: list[str] = []
        self.bad_card = ""
        if idcard.looks_like_card(self.data.get("so-dinh-danh", "")):
            self._read_card()

    # The card

    def _read_card(self) -> None:
        try:
            card = idcard.read_card(self.data["so-dinh-danh"])
        except BadInput as refusal:
            self.bad_card = sentence(refusal)
            return
        self.card = card
        typed = nfc(self.data.get("ho-ten", ""))
        self.notes = [doubt.label for doubt in card.doubts]
        self.data |= {"so-dinh-danh": card.number, "so-cu": card.old_number}
        self.data["dia-chi"] = self.data.get("dia-chi") or card.address
        if typed and fold(typed) != fold(card.name):
            self.notes.append(_("Thẻ đọc được “{name}”. Xem lại họ tên.").format(name=card.name))
        self.data["ho-ten"] = typed or self._name_on(card)
        self.data["ngay-sinh"] = self._birth_on(card)

    def _name_on(self, card: idcard.Card) -> str:
        """The name as it is known, where the card differs in marks only: marks get lost."""
        known = self.known[0] if self.known else None
        if known is None or known.folded != fold(card.name) or known.name == card.name:
            return card.name
        if idcard.Doubt.NAME in card.doubts:
            self.notes.remove(idcard.Doubt.NAME.label)
        self.notes.append(
            _("Sổ ghi “{name}”, thẻ đọc “{read}”. Giữ tên trong sổ.").format(
                name=known.name, read=card.name
            )
        )
        return known.name

    def _birth_on(self, card: idcard.Card) -> str:
        known = self.known[0].birth if self.known else ""
        if known and card.birth and len(known) == 10 and known != card.birth:
            self.notes.append(
                _("Ngày sinh trong sổ là {day}. Đối chiếu với thẻ.").format(day=birth_words(known))
            )
        typed: str = self.data.get("ngay-sinh", "")
        return typed or birth_words(card.birth)

    # Who is known

    @property
    def number(self) -> str:
        return "".join(self.data.get("so-dinh-danh", "").split())

    @cached_property
    def known(self) -> list[Any]:
        """Who bears the number typed; asked for only by what shows the form again."""
        return queries.persons(self.number) if self.number else []

    @cached_property
    def chosen(self) -> Any:
        """The known person whom the officer recognised; None without one, or for another name."""
        person = person_queries.person(self.data.get("nguoi", ""))
        if person is None or person.folded != fold(self.data.get("ho-ten", "")):
            return None
        return person

    @cached_property
    def alike(self) -> list[Any]:
        """Who may be meant though the number does not say so, until the officer has answered."""
        if self.data.get("nguoi") == NEW or self.chosen is not None or self.bad_card:
            return []
        if self.number and self.known:
            return []
        return person_queries.alike(
            self.data.get("ho-ten", ""), birth=self._birth_year(), number=self.number,
            old_number=self.data.get("so-cu", ""),
        )  # fmt: skip

    def _birth_year(self) -> str:
        try:
            return parse_birth(self.data.get("ngay-sinh", ""))[:4]
        except BadInput:
            return ""

    @property
    def undecided(self) -> bool:
        """Whether somebody without a number here may be somebody known: one asks first."""
        return not self.number and bool(nfc(self.data.get("ho-ten", ""))) and bool(self.alike)

    def help_along(self) -> None:
        """Take over what a button chose."""
        if "dung-nguoi" in self.data and self.known:
            self._take_over(self.known[0])
        if "nguoi-khac" in self.data:
            self.data["nguoi"] = NEW
            self.__dict__.pop("alike", None)
        if picked := self.data.get("la-nguoi"):
            person = next((one for one in self.alike if str(one.pk) == picked), None)
            if person is not None:
                self.data["nguoi"] = picked
                self._take_over(person)
                self.__dict__.pop("chosen", None)
                self.__dict__.pop("alike", None)

    def _take_over(self, known: Any) -> None:
        self.data |= {
            "ho-ten": known.name, "ngay-sinh": birth_words(known.birth),
            "dien-thoai": known.phone, "dia-chi": known.address, "email": known.email,
        }  # fmt: skip

    @property
    def shown(self) -> list[Any]:
        """Whose data the page shows: each is a read."""
        return [*self.known, *self.alike, *([self.chosen] if self.chosen else [])]

    # What the action is given

    @property
    def of_office(self) -> bool:
        return self.data.get("loai-nguoi") == "to-chuc"

    def check_number(self) -> None:
        """Raises BadInput."""
        number = self.answers.text("so-dinh-danh")
        persons.clean(PersonIn("x", number, is_organisation=self.of_office))

    def check_filers_number(self) -> None:
        """Raises BadInput."""
        persons.clean(PersonIn("x", self.answers.text("nguoi-nop-so")))

    def applicant(self) -> PersonIn:
        text = self.answers.text
        return PersonIn(
            name=text("ho-ten"), id_number=text("so-dinh-danh"), birth=text("ngay-sinh"),
            phone=text("dien-thoai"), email=text("email"), address=text("dia-chi"),
            is_organisation=self.of_office, no_number=text("ly-do-khong-so"),
            same_as=str(self.chosen.pk) if self.data.get("nguoi") and self.chosen else "",
        )  # fmt: skip

    def filer(self) -> Filer | None:
        if self.data.get("nop-cho") != "khac":
            return None
        text = self.answers.text
        return Filer(
            name=text("nguoi-nop"),
            kind=member(AuthorityKind, text("tu-cach"), AuthorityKind.WRITTEN),
            paper=text("uy-quyen"),
            id_number=text("nguoi-nop-so"),
            phone=text("nguoi-nop-dt"),
        )

    # What the page shows

    def offered(self) -> list[dict[str, str]]:
        """The known person with that number, until their name stands in the form."""
        name = fold(self.data.get("ho-ten", ""))
        return [words(p) for p in self.known if p.folded != name]

    def is_stranger(self) -> bool:
        """Whether a whole number was typed that nobody here bears yet."""
        return bool(self.number) and not self.known and not self.bad_card and not self.chosen

    def context(self) -> dict[str, Any]:
        return {
            "persons": self.offered(),
            "alike": [words(person) for person in self.alike],
            "recognised": words(self.chosen) if self.chosen else None,
            "carried": {name: self.data.get(name, "") for name in ("nguoi", "so-cu")},
            "notes": self.notes,
            "asks_why": not self.number and bool(self.data.get("ho-ten")) and not self.chosen,
        }


def words(person: Any) -> dict[str, str]:
    """A known person as the desk recognises one: the number masked."""
    return {
        "id": str(person.pk), "name": person.name, "birth": birth_words(person.birth),
        "number": mask(person.id_number), "address": person.address,
    }  # fmt: skip


def as_answers(dossier: Any) -> dict[str, str]:
    """The answers about people that a further dossier of the same person begins with.

    The number stays masked: the person is carried by the record itself.
    """
    person, filer = dossier.applicant, dossier.filer or {}
    found = {
        "ho-ten": person.name, "ngay-sinh": birth_words(person.birth), "dien-thoai": person.phone,
        "email": person.email, "dia-chi": person.address, "nguoi": str(person.pk),
        "loai-nguoi": "to-chuc" if person.is_organisation else "ca-nhan",
    }  # fmt: skip
    if filer:
        found |= {
            "nop-cho": "khac", "nguoi-nop": filer["name"], "tu-cach": filer["kind"],
            "uy-quyen": filer["paper"], "nguoi-nop-so": filer.get("id_number", ""),
            "nguoi-nop-dt": filer.get("phone", ""),
        }  # fmt: skip
    return found
