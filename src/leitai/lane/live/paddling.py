"""Paddles (举牌): which of the orders that people keyed apart is the one to be logged. Pure."""

from collections.abc import Sequence

Keyed = tuple[str, tuple[str, ...], bool]  # account, order, whether it decides


def agreed(rows: Sequence[Keyed]) -> tuple[tuple[str, ...], str] | None:
    """Give the order and who stands for it: two accounts with the same one, or who decides."""
    for account, order, decides in rows:
        if decides and order:
            return order, f"office:{account}"[:80]
    for at, (account, order, _) in enumerate(rows):
        for other, same, _ in rows[at + 1 :]:
            if order and order == same and account != other:
                return order, f"office:{account}+{other}"[:80]
    return None
