"""A long paper made in a process of its own: `python -m motcua.papers.pdf.apart`, JSON in, PDF out.

The engine keeps what it laid out (about 0,2 MB for each row of a register) and its threads take
turns: in the web process a long book would hold memory and keep receipts waiting. Here both end
with the process, and so does one that takes too long.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SECONDS = 40
"""How long a book may take; 3.000 rows take two to five seconds."""


class TookTooLong(RuntimeError):
    """The book was not ready in time; nothing is left running."""


def printed_apart(data: Mapping[str, Any], *, seconds: float = SECONDS) -> bytes:
    """As `printed`, in another process. Raises TookTooLong, or RuntimeError with its last words."""
    packages = str(Path(__file__).resolve().parents[3])
    here = os.environ.get("PYTHONPATH", "")
    path = os.pathsep.join(filter(None, (packages, here)))
    try:
        done = subprocess.run(
            [sys.executable, "-m", __name__],
            input=json.dumps(dict(data)).encode(),
            capture_output=True,
            timeout=seconds,
            env=os.environ | {"PYTHONPATH": path},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TookTooLong(f"{seconds} s") from None
    if done.returncode != 0:
        raise RuntimeError(done.stderr.decode(errors="replace")[-400:])
    return done.stdout


def main() -> None:
    from motcua.papers.pdf.engine import printed

    sys.stdout.buffer.write(printed(json.load(sys.stdin.buffer)))


if __name__ == "__main__":
    main()
