"""``python -m leitai.lane [stage | watch]``: one process of the lane, set up by the environment."""

import sys

from leitai.lane import main
from leitai.lane.live import main as stage
from leitai.lane.live import watch
from leitai.lane.live.settings import stage_settings, stage_url, watch_settings
from leitai.lane.settings import Settings

match sys.argv[1:]:
    case []:
        main.run(Settings.from_environment())
    case ["stage"]:
        stage.run(stage_settings())
    case ["watch"]:
        watch.run(watch_settings(), stage_url())
    case _:
        sys.exit("python -m leitai.lane [stage | watch]")
