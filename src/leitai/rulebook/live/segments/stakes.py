"""Stakes that seats choose: what is left of each, and what an answer to one adds."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from leitai.rulebook import numbers
from leitai.rulebook.live.match import Run, refuse
from leitai.rulebook.model.live import Stake


def stocked(stakes: Iterable[Stake]) -> Mapping[Fraction, int]:
    """Give how many questions of each limited stake there are."""
    return MappingProxyType(
        {stake.points: stake.stock for stake in stakes if stake.stock is not None}
    )


def taken(run: Run, stakes: Iterable[Stake], text: str) -> tuple[Run, Fraction]:
    """Take a question of a stake; refuses a stake that is none, or of which none is left."""
    known = {stake.points for stake in stakes}
    stake = numbers.parse(text) if numbers.is_decimal(text) else None
    if stake is None or stake not in known:
        allowed = ", ".join(numbers.show(points) for points in sorted(known))
        return refuse("live_no_stake", value=text, allowed=allowed)
    if stake not in run.stock:
        return run, stake
    if run.stock[stake] < 1:
        refuse("live_stake_gone", value=text)
    stock = {**run.stock, stake: run.stock[stake] - 1}
    return replace(run, stock=MappingProxyType(stock)), stake


def given_back(run: Run) -> Run:
    """Take back what was chosen and will not be asked; its question is in stock again."""
    stake = run.choice.stake if run.choice is not None else None
    if stake is None or stake not in run.stock:
        return replace(run, choice=None)
    stock = {**run.stock, stake: run.stock[stake] + 1}
    return replace(run, choice=None, stock=MappingProxyType(stock))


def worth(stake: Fraction, verdict: str, loss: Fraction, partly: Fraction | None) -> Fraction:
    """Give what an answer to a question of a stake adds."""
    if verdict == "right":
        return stake
    if verdict == "partly":
        if partly is None:
            refuse("live_no_partly", segment=numbers.show(stake))
        return stake * partly
    return -stake * loss
