"""Writes of the organisation tree and of a season's delegations."""

from leitai.units.services.apportioning import (
    add_delegation,
    add_part,
    remove_delegation,
    remove_part,
)
from leitai.units.services.carrying import confirm_import, resume_imports
from leitai.units.services.creating import NewUnit, create_unit, edit_unit, rename_unit
from leitai.units.services.delegating import make_delegations
from leitai.units.services.drafting import start_import
from leitai.units.services.importing import HEADINGS, ImportReport, data_path, import_units
from leitai.units.services.moving import (
    close_unit,
    demand_mergeable,
    demand_movable,
    merge_unit,
    move_unit,
    reopen_unit,
)
from leitai.units.services.writing import HOUSE_CHAIN

__all__ = [
    "HEADINGS",
    "HOUSE_CHAIN",
    "ImportReport",
    "NewUnit",
    "add_delegation",
    "add_part",
    "close_unit",
    "confirm_import",
    "create_unit",
    "data_path",
    "demand_mergeable",
    "demand_movable",
    "edit_unit",
    "import_units",
    "make_delegations",
    "merge_unit",
    "move_unit",
    "remove_delegation",
    "remove_part",
    "rename_unit",
    "reopen_unit",
    "resume_imports",
    "start_import",
]
