"""The sizes of drawn groups."""

from leitai.kernel.errors import DomainError
from leitai.rulebook.model import Draw


def group_sizes(draw: Draw, count: int) -> tuple[int, ...]:
    """Give the sizes of the groups into which ``count`` are drawn.

    Sizes that the notice names must add up to ``count``; a number of groups is filled as evenly as
    possible, the first groups being the greater ones. Raises DomainError("groups_do_not_fit").
    """
    if draw.groups:
        if sum(draw.groups) != count:
            raise DomainError("groups_do_not_fit", sum=sum(draw.groups), count=count)
        return draw.groups
    number = draw.group_count or 1
    if count < number:
        raise DomainError("groups_do_not_fit", sum=number, count=count)
    each, more = divmod(count, number)
    return tuple(each + (index < more) for index in range(number))
