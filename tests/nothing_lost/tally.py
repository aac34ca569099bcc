"""What the database holds in the end: codes by key, and what `./motcua verify` finds wrong."""

import json


def main() -> None:
    import django

    django.setup()
    from motcua.dossiers.models import Dossier, DossierFact, Paper
    from motcua.journal.models import Event
    from motcua.report import verify_command

    codes = {str(pk): code for pk, code in Dossier.across_agencies.values_list("pk", "code")}
    events = Event.across_agencies.filter(verb="dossier.received")
    received = events.values_list("key", "subject_id")
    told = {
        "received": [[key, codes.get(str(pk))] for key, pk in received],
        "dossiers": sorted(codes.values()),
        "numbers": list(Dossier.across_agencies.values_list("applicant__id_number", flat=True)),
        "facts": DossierFact.across_agencies.count(),
        "papers": Paper.across_agencies.count(),
        "faults": [f"{slug}: {fault}" for slug, fault in verify_command._all()],
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
