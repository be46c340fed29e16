"""Teams, for the oracle: what a delegation has from its entries, and the order of delegations."""

from fractions import Fraction

from tests.rulebook.engine.oracle_facts import value_of
from tests.rulebook.engine.oracle_figures import rounded, share
from tests.rulebook.engine.oracle_lines import Board, grouped


class Teams:
    """Adds the boards ``teams``."""

    def _rank_teams(self, stage):
        team = self.stages[stage].get("team")
        tracks = [track for track in sorted(self.law["tracks"]) if (stage, track) in self.rolls]
        tracks = [track for track in tracks if (stage, track, "main") in self.boards]
        if team is None or not tracks:
            return
        for track in tracks:
            roll = self.rolls[stage, track]
            self.teams_in[stage, track] |= {code for code, as_ in roll.values() if as_ == "team"}
            unsaid = not self.teams_in[stage, track] and not self.came[stage, track]
            if team.get("of") == "advanced" and unsaid:
                self.teams_in[stage, track] |= {code for code, _ in roll.values()} - self.guests
        if team.get("tracks") == "together":
            self._team_board(stage, "all", tracks, team)
            return
        for track in tracks:
            self._team_board(stage, track, [track], team)

    def _team_board(self, stage, at, tracks, team):
        found, vectors, further = {}, {}, {}
        for code in sorted(self.season.delegations):
            came = any(code in self.teams_in[stage, track] for track in tracks)
            if team.get("of") == "advanced" and not came:
                continue
            pool = [
                (track, name)
                for track in tracks
                if (stage, track, f"team:{code}") in self.boards
                for name in self.boards[stage, track, f"team:{code}"].names()
                if team.get("who", "all") in ("all", self.rolls[stage, track][name][1])
            ]
            if len(tracks) > 1:
                pool.sort(key=lambda one: -self.total(stage, *one))
            counted = pool[: team.get("top", len(pool))]
            short = len(counted) < team.get("top", 0)
            if not counted or (short and team.get("fewer") == "exclude"):
                continue
            found[code] = (self._team_total(stage, tracks, team, code, counted), counted, pool)
        for code in found:
            keys = team.get("keys", ["total"])
            vectors[code] = self._team_vector(stage, tracks, team, keys, code, found)
            more = team.get("at_lines", [])
            further[code] = self._team_vector(stage, tracks, team, more, code, found)
        self.teams[stage, at] = found
        totals = {code: total for code, (total, _, _) in found.items()}
        entrants = len(set(self.season.delegations) - self.guests)
        groups = grouped(sorted(found), vectors)
        self.boards[stage, at, "teams"] = Board(groups, further, totals, entrants=entrants)

    def own(self, stage, tracks, event, code):
        for track in tracks:
            status, value, _ = self.season.scores.get((stage, track, event), {}).get(
                code, ("absent", 0, {})
            )
            if status == "ok":
                return value
        return Fraction(0)

    def _team_total(self, stage, tracks, team, code, counted):
        total = sum((self.total(stage, *one) for one in counted), start=Fraction(0))
        if team.get("score") == "mean":
            total /= len(counted)
        for event, weight in team.get("plus", {}).items():
            total += share(weight) * self.own(stage, tracks, event, code)
        return rounded(total, team.get("round"))

    def _team_vector(self, stage, tracks, team, keys, code, found):
        total, counted, pool = found[code]
        vector = []
        for key in keys:
            if key == "total":
                vector.append(total)
            elif key == "members":
                most = max(len(one) for _, one, _ in found.values())
                totals = sorted((self.total(stage, *one) for one in counted), reverse=True)
                vector += [(1, value) for value in totals]
                vector += [(0, Fraction(0))] * (most - len(totals))
            elif key.startswith("slot:"):
                seats = [
                    self.total(stage, *one)
                    for one in pool
                    if value_of(self.season.facts.get(one[1], {}), "slot") == key[5:]
                ]
                vector.append(seats[0] if seats else Fraction(0))
            elif key in team.get("plus", {}):
                vector.append(self.own(stage, tracks, key, code))
            else:
                how, _, of = key.partition(":")
                signed = [self.ranked(stage, track, of, name) for track, name in counted]
                vector.append(sum(signed) if how == "sum" else max(signed))
        return tuple(vector)
