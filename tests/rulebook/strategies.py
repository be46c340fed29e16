"""Random small seasons of the mini rulebook, rich in ties, and the plainest way to decide them.

The oracle shares no code with the engine: it sorts lists and takes slices. Where the engine needs
an answer to a tie, ``builders.resolve_all`` answers in the order of ids, so the oracle may use the
id as its last key everywhere; where the engine shares a rank, the order does not matter.
"""

from itertools import combinations

from hypothesis import strategies as st

from tests.rulebook.builders import DELEGATIONS, TRACK, EntryIn, ScoreIn

TEAMS_ON, MEMBERS_ON, TOP_ON, COUNTED = 2, 2, 5, 2

FIGURES = st.tuples(
    st.sampled_from([70, 80, 90]), st.sampled_from([30, 40]), st.sampled_from([3000, 3100])
)
STATUS = st.sampled_from(["ok"] * 8 + ["absent", "void"])


@st.composite
def seasons(draw):
    """Give {entry: (heat figures, heat status, final figures, final status)}."""
    season = {}
    for delegation in DELEGATIONS:
        for number in range(draw(st.integers(0, 4))):
            season[f"{delegation}{number}"] = (
                draw(FIGURES), draw(STATUS), draw(FIGURES), draw(STATUS),
            )  # fmt: skip
    return season


def entries_of(season):
    return [EntryIn(name, "heat", TRACK, f"选手{name}", name[0], f"p-{name}") for name in season]


def scores_of(season, stage, names=None):
    at = 0 if stage == "heat" else 2
    rows = []
    for name in season if names is None else names:
        (total, multiple, seconds), status = season[name][at : at + 2]
        keys = {"multiple": multiple * 100, "seconds": seconds} if status == "ok" else {}
        value = total * 100 if status == "ok" else 0
        rows.append(ScoreIn(stage, TRACK, "exam", name, value, 2, status, keys))
    return rows


class Oracle:
    """What must come out, by sorting and slicing."""

    def __init__(self, season):
        self.season = season
        self.heat = self._ranked("heat", season)
        self.heat_teams = self._teams("heat", self.heat, DELEGATIONS)
        going = [code for code in self.heat_teams if code != "g"][:TEAMS_ON]
        self.as_team = [
            name for code in going for name in self._inside(self.heat, code)[:MEMBERS_ON]
        ]
        self.as_individual = [name for name in self.heat[:TOP_ON] if name not in self.as_team]
        self.final = self._ranked("final", self.as_team + self.as_individual)
        self.final_teams = self._teams("final", self.final, going)
        self.gold, self.silver = self.final_teams[:1], self.final_teams[1:2]
        self.scholar = self.final[:2]
        self.star = [
            name
            for code in DELEGATIONS
            for name in [n for n in self._inside(self.heat, code) if n not in self.scholar][:1]
        ]

    def total(self, name, stage):
        return self.season[name][0 if stage == "heat" else 2][0]

    def key(self, name, stage):
        total, multiple, seconds = self.season[name][0 if stage == "heat" else 2]
        return (-total, -multiple, seconds)

    def team_total(self, ranked, code, stage):
        totals = [self.total(name, stage) for name in self._inside(ranked, code)]
        some = min(COUNTED, len(totals))
        return max(sum(chosen) for chosen in combinations(totals, some))

    def _ranked(self, stage, names):
        at = 1 if stage == "heat" else 3
        there = [name for name in names if self.season[name][at] == "ok"]
        return sorted(there, key=lambda name: (self.key(name, stage), name))

    def _inside(self, ranked, code):
        return [name for name in ranked if name[0] == code]

    def _teams(self, stage, ranked, codes):
        def key(code):
            members = sorted(-self.total(n, stage) for n in self._inside(ranked, code))
            counted = (members + [1] * COUNTED)[:COUNTED]
            return (-self.team_total(ranked, code, stage), counted, code)

        return sorted((code for code in codes if self._inside(ranked, code)), key=key)
