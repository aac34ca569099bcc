from motcua.dossiers.models.counter import Book, Certification, Forwarded, Notice, Visit
from motcua.dossiers.models.dossier import (
    BY_DUE,
    Dossier,
    DossierFact,
    DossierQuerySet,
    IssuedForm,
    Paper,
    Person,
    Serial,
)

__all__ = [
    "BY_DUE", "Book", "Certification", "Dossier", "DossierFact", "DossierQuerySet", "Forwarded",
    "IssuedForm", "Notice", "Paper", "Person", "Serial", "Visit",
]  # fmt: skip
