"""Every write and sync that SQLite asks of the operating system, in order, by file.

The recorder stands inside SQLite's own default VFS (the table of functions it calls for files):
`xOpen` is replaced there, and in each opened file `xWrite`, `xTruncate` and `xSync`. Each calls
what it replaced. No preloaded library, no rights, no package is needed.
"""

import _sqlite3
import ctypes
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p
from pathlib import Path
from typing import Any

OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, POINTER(c_int))
DELETE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int)
WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
SYNC = CFUNCTYPE(c_int, c_void_p, c_int)


class Methods(Structure):
    """sqlite3_io_methods, version 3."""

    _fields_ = (
        [("version", c_int), ("close", c_void_p), ("read", c_void_p), ("write", WRITE)]
        + [("truncate", TRUNCATE), ("sync", SYNC)]
        + [(f"other{n}", c_void_p) for n in range(13)]
    )


class File(Structure):
    """sqlite3_file."""

    _fields_ = [("methods", POINTER(Methods))]


class Vfs(Structure):
    """The beginning of sqlite3_vfs."""

    _fields_ = [
        ("version", c_int), ("size", c_int), ("longest", c_int), ("next", c_void_p),
        ("name", c_char_p), ("data", c_void_p), ("open", OPEN), ("delete", DELETE),
    ]  # fmt: skip


class Recorder:
    """`steps` are ("write", name, offset, bytes), ("truncate", name, size), ("sync", name),
    ("delete", name), and whatever the program under test adds in between."""

    def __init__(self) -> None:
        self.steps: list[tuple[Any, ...]] = []
        self._names: dict[int, str] = {}
        self._kept: list[Any] = []
        self._copies: dict[int, Methods] = {}

    def install(self) -> None:
        """From now on, in this process, for files opened later."""
        library = ctypes.CDLL(getattr(_sqlite3, "__file__", None))
        library.sqlite3_vfs_find.restype = POINTER(Vfs)
        vfs = library.sqlite3_vfs_find(None).contents
        opens, deletes = (OPEN(_address(vfs.open)), DELETE(_address(vfs.delete)))

        def open_(table: int, name: int, file: int, flags: int, out: Any) -> int:
            code = int(opens(table, name, file, flags, out))
            if code == 0 and name:
                self._watch(file, _name(name))
            return code

        def delete(table: int, name: int, sync: int) -> int:
            self.steps.append(("delete", _name(name)))
            return int(deletes(table, name, sync))

        self._kept += [opens, deletes, OPEN(open_), DELETE(delete)]
        vfs.open, vfs.delete = self._kept[-2:]

    def _watch(self, file: int, name: str) -> None:
        self._names[file] = name
        opened = File.from_address(file)
        table = ctypes.addressof(opened.methods.contents)
        if table not in self._copies:
            self._copies[table] = self._recording(opened.methods.contents)
        opened.methods = ctypes.pointer(self._copies[table])

    def _recording(self, real: Methods) -> Methods:
        copy = Methods.from_buffer_copy(real)
        write_, truncate_ = WRITE(_address(real.write)), TRUNCATE(_address(real.truncate))
        sync_ = SYNC(_address(real.sync))

        def write(file: int, content: int, size: int, offset: int) -> int:
            given = ctypes.string_at(content, size)
            self.steps.append(("write", self._names[file], offset, given))
            return int(write_(file, content, size, offset))

        def truncate(file: int, size: int) -> int:
            self.steps.append(("truncate", self._names[file], size))
            return int(truncate_(file, size))

        def sync(file: int, flags: int) -> int:
            code = int(sync_(file, flags))
            self.steps.append(("sync", self._names[file]))  # only now is it on the disk
            return code

        copy.write, copy.truncate, copy.sync = WRITE(write), TRUNCATE(truncate), SYNC(sync)
        self._kept += [write_, truncate_, sync_, copy.write, copy.truncate, copy.sync]
        return copy


def _address(function: Any) -> int:
    return int(ctypes.cast(function, c_void_p).value or 0)


def _name(address: int) -> str:
    return Path(ctypes.string_at(address).decode()).name
