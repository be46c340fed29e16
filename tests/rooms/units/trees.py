"""A small city for tests of the tree, and those who keep parts of it."""

from __future__ import annotations

from leitai.base.actor import Actor, AppointmentRef
from leitai.units import services
from tests.factories.units import AT, HOUSE, csv_file

CITY = """code,parent,name,level,kind
51,,四川省,province,place
5101,51,成都市,prefecture,place
510104,5101,锦江区,county,place
510105,5101,青羊区,county,place
510104001,510104,督院街街道,township,place
510105001,510105,草堂街道,township,place
5103,51,自贡市,prefecture,place
510302,5103,自流井区,county,place
5101-rsj,5101,成都市人力资源和社会保障局,prefecture,body
510104-jy,510104,锦江区就业中心,county,body
510105-jy,510105,青羊区就业中心,county,body
"""


def plant() -> None:
    services.import_units(actor=HOUSE, source=csv_file(CITY), at=AT)


def keeper(path: str, role: str = "unit_manager", *, season: str = "s") -> Actor:
    return Actor("7", "贺知秋", appointments=(AppointmentRef(role, path, season),))


CHENGDU = keeper("51/5101/")
PROVINCE = keeper("51/", "office")
