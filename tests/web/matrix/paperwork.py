"""A template of each season, filled for its people, and what was made of it."""

from __future__ import annotations

from typing import Any

from leitai.paperwork import services
from leitai.paperwork.services import NewTemplate
from tests.documents.papers import docx_of, para, run
from tests.world import World

FORMS = {
    "paperwork:make": {"pack": "summary", "format": "docx"},
    "paperwork:costs": {"text": "选拔赛费用由各市承担。"},
}
QUERIES = {
    "paperwork:preview": {"row": "2022-5101-1"},
    "paperwork:preview-pdf": {"row": "2022-5101-1"},
}
NO_PAGE = {
    "/office/<slug:season>/papers/made/<int:export>/file/",
    "/office/<slug:season>/papers/templates/<int:number>/source/",
    "/office/<slug:season>/papers/templates/<int:number>/preview.pdf",
}


def things(world: World, place: str) -> dict[str, Any]:
    held = world.home if place == "own" else world.away
    file = docx_of(para(run("{{姓名}}　{{手机}}")))
    new = NewTemplate("参赛卡", "entry", "heat", "", "卡.docx", file)
    template = services.add_template(actor=held.office, season=held.season, new=new, at=world.now)
    export = services.start_filling(
        actor=held.office, template=template, row="2022-5101-1", whole=False, at=world.now
    )
    return {"number": template.number, "export": export.pk}
