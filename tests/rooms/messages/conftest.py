"""The same world as the pages' tests."""

from tests.web.conftest import built_world, sign_in, world

__all__ = ["built_world", "sign_in", "world"]
