"""The warehouse in memory of tests/warehouse, and a way to build models in it."""

from tests.warehouse.conftest import build_models, con

__all__ = ["build_models", "con"]
