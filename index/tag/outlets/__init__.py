"""Outlets that an article names: by a table, by context, by form, and by the model's candidates."""

from index.tag.outlets.find import find_outlets
from index.tag.outlets.table import Outlet, OutletTable, default_table

__all__ = ["Outlet", "OutletTable", "default_table", "find_outlets"]
