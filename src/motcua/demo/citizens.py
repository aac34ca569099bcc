"""Công dân của xã mẫu: people who do not exist, and whose numbers say so. Pure.

Identity numbers begin with 000, which no province has; telephones with 0000, which no network
has. Names are common family and given names put together by the generator.
"""

from dataclasses import dataclass
from random import Random

COMMUNE = "xã Minh Họa"
FAMILIES = (
    "Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan",
    "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Trương", "Mai",
)  # fmt: skip
WOMEN = ("Thị", "Thị", "Thị Ngọc", "Thị Thu", "Kim", "Thị Thanh", "Thùy")
MEN = ("Văn", "Văn", "Đức", "Hữu", "Quang", "Minh", "Công", "Đình")
OF_WOMEN = (
    "Anh", "Bình", "Chi", "Dung", "Diệp", "Đào", "Giang", "Hà", "Hạnh", "Hằng", "Hiền", "Hoa",
    "Hồng", "Hương", "Lan", "Liên", "Loan", "Mai", "Mỹ", "Nga", "Ngân", "Nguyệt", "Nhàn", "Nhung",
    "Oanh", "Phượng", "Quỳnh", "Sen", "Tâm", "Thảo", "Thơm", "Thúy", "Trang", "Tuyết", "Vân", "Yến",
)  # fmt: skip
OF_MEN = (
    "An", "Bảo", "Cường", "Dũng", "Duy", "Đạt", "Điệp", "Giáp", "Hải", "Hiếu", "Hòa", "Hùng",
    "Hưng", "Khánh", "Khoa", "Lâm", "Long", "Lực", "Mạnh", "Nam", "Nghĩa", "Phong", "Phúc", "Quân",
    "Quý", "Sơn", "Tài", "Thành", "Thắng", "Thịnh", "Tiến", "Toàn", "Trung", "Tú", "Tuấn", "Vinh",
)  # fmt: skip
HAMLETS = tuple(f"thôn {number}" for number in range(1, 10))


@dataclass(frozen=True, slots=True)
class Citizen:
    """An invented person. `birth` is a year or a day, as papers of old people have it."""

    name: str
    id_number: str
    birth: str
    phone: str
    address: str


def citizen(number: int, rng: Random) -> Citizen:
    """The `number`-th invented citizen; numbers never give the same identity twice."""
    woman = rng.random() < 0.5
    middle, given = (WOMEN, OF_WOMEN) if woman else (MEN, OF_MEN)
    year = rng.randint(1945, 2004)
    day = f"{rng.randint(1, 28):02}/{rng.randint(1, 12):02}/{year}"
    return Citizen(
        name=f"{rng.choice(FAMILIES)} {rng.choice(middle)} {rng.choice(given)}",
        id_number=f"000{number:09}",
        birth=str(year) if year < 1960 and rng.random() < 0.4 else day,
        phone=f"0000{number:06}" if rng.random() < 0.8 else "",
        address=f"{rng.choice(HAMLETS)}, {COMMUNE}",
    )
