"""The names and addresses by which others on the office network reach this machine."""

import fcntl
import socket
import struct

EVERYWHERE = frozenset({"0.0.0.0", "::"})
_ADDRESS_OF_INTERFACE = 0x8915  # SIOCGIFADDR
_LONGEST_NAME = 15


def own_names() -> list[str]:
    """The machine's IPv4 addresses, loopback left out, then its name; as ALLOWED_HOSTS wants."""
    found = [one for _, name in socket.if_nameindex() if (one := _address(name))]
    outside = [one for one in found if not one.startswith("127.")]
    name = socket.gethostname().lower()
    return [*dict.fromkeys(outside), *([name] if name and name != "localhost" else [])]


def _address(interface: str) -> str:
    """The address of an interface; "" when it has none."""
    asked = struct.pack("256s", interface[:_LONGEST_NAME].encode())
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        try:
            answer = fcntl.ioctl(one.fileno(), _ADDRESS_OF_INTERFACE, asked)
        except OSError:
            return ""
    return socket.inet_ntoa(answer[20:24])
