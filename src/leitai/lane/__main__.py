"""``python -m leitai.lane``: one lane process, set up by the environment."""

from leitai.lane.main import run
from leitai.lane.settings import Settings

run(Settings.from_environment())
