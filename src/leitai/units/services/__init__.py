"""Writes of the organisation tree and of a season's delegations."""

from leitai.units.services.delegating import make_delegations
from leitai.units.services.importing import ImportReport, data_path, import_units

__all__ = ["ImportReport", "data_path", "import_units", "make_delegations"]
