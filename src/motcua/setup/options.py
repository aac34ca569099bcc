"""Options of commands: what is not understood is one sentence in Vietnamese."""

import argparse
from typing import NoReturn

from motcua.kernel.errors import BadInput


class NotUnderstood(BadInput):
    code = "options-not-understood"
    message = "Không hiểu câu lệnh ({why}). Xem: {prog} --help"


class Parser(argparse.ArgumentParser):
    """Raises NotUnderstood; takes no shortened option, so that a new one breaks no script."""

    def __init__(self, *, prog: str, description: str) -> None:
        super().__init__(prog=prog, description=description, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        raise NotUnderstood(why=message, prog=self.prog)
