"""What the interface shows: composed of the public selectors of the rooms below."""

from leitai.api.selectors.machines import page_of_entries, page_of_upward, upward_detail
from leitai.api.selectors.mine import me, page_of_duties
from leitai.api.selectors.publishing import (
    certificate,
    draw_record,
    notice_detail,
    page_of_draws,
    page_of_notices,
)
from leitai.api.selectors.results import (
    page_of_advancement,
    page_of_awards,
    page_of_results,
    people_board,
    result_detail,
    teams_board,
)
from leitai.api.selectors.seasons import (
    calendar,
    page_of_rules,
    page_of_seasons,
    rules_text,
    season_detail,
)
from leitai.api.selectors.tokens import (
    TokensPage,
    get_season_to_keep,
    get_token_to_keep,
    tokens_page,
)
from leitai.api.selectors.tree import page_of_units, unit_detail

__all__ = [
    "TokensPage",
    "calendar",
    "certificate",
    "draw_record",
    "get_season_to_keep",
    "get_token_to_keep",
    "me",
    "notice_detail",
    "page_of_advancement",
    "page_of_awards",
    "page_of_draws",
    "page_of_duties",
    "page_of_entries",
    "page_of_notices",
    "page_of_results",
    "page_of_rules",
    "page_of_seasons",
    "page_of_units",
    "page_of_upward",
    "people_board",
    "result_detail",
    "rules_text",
    "season_detail",
    "teams_board",
    "tokens_page",
    "unit_detail",
    "upward_detail",
]
