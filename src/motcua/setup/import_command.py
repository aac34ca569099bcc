"""./motcua import: made next."""

from motcua.kernel.errors import BadInput


def main(argv: list[str]) -> int:
    raise BadInput("Lệnh này chưa xong.")
