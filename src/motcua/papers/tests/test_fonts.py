"""Which serif is taken for official papers."""

import struct
from pathlib import Path

from motcua.papers import fonts


def write_face(file: Path, letters: frozenset[str]) -> None:
    """A TrueType file with nothing but a character map of one segment for each letter."""
    codes = [*sorted(ord(letter) for letter in letters), 0xFFFF]
    count = len(codes)
    shifts = [(1 - code) & 0xFFFF for code in codes[:-1]] + [1]
    body = struct.pack(f">{count}H", *codes) + struct.pack(">H", 0)
    body += struct.pack(f">{count}H", *codes) + struct.pack(f">{count}H", *shifts)
    body += struct.pack(f">{count}H", *[0] * count)
    table = struct.pack(">7H", 4, 14 + len(body), 0, 2 * count, 0, 0, 0) + body
    cmap = struct.pack(">HHHHI", 0, 1, 3, 1, 12) + table
    head = struct.pack(">IHHHH", 0x00010000, 1, 0, 0, 0)
    entry = struct.pack(">4sIII", b"cmap", 0, len(head) + 16, len(cmap))
    file.write_bytes(head + entry + cmap)


def write_family(directory: Path, letters: frozenset[str]) -> Path:
    directory.mkdir()
    for face in fonts.FACES:
        write_face(directory / f"LiberationSerif-{face}.ttf", letters)
    return directory


def test_a_face_with_all_134_letters_is_taken(tmp_path: Path) -> None:
    assert len(fonts.vietnamese_letters()) == 134
    whole = write_family(tmp_path / "whole", fonts.vietnamese_letters())
    assert fonts.choose([("Liberation Serif", whole)]) == fonts.FontChoice(
        "Liberation Serif", whole
    )


def test_a_face_that_lacks_one_letter_is_passed_over(tmp_path: Path) -> None:
    old = write_family(tmp_path / "old", fonts.vietnamese_letters() - {"Ẫ"})
    whole = write_family(tmp_path / "whole", fonts.vietnamese_letters())
    places = [("Liberation Serif", old), ("Liberation Serif", whole)]
    assert fonts.choose(places).path == whole
    assert fonts.choose(places[:1]) == fonts.EMBEDDED


def test_a_missing_or_broken_face_is_passed_over(tmp_path: Path) -> None:
    broken = write_family(tmp_path / "broken", fonts.vietnamese_letters())
    (broken / "LiberationSerif-Bold.ttf").write_bytes(b"not a font")
    places = [("Tinos", tmp_path / "absent"), ("Liberation Serif", broken)]
    assert fonts.choose(places) == fonts.EMBEDDED


def test_the_face_of_this_machine_has_its_files_or_is_built_in() -> None:
    choice = fonts.serif()
    assert choice == fonts.EMBEDDED or (choice.path is not None and any(choice.path.iterdir()))
