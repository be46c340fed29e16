"""The papers of ballots by board: read, checked, and everything wrong with them named."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from leitai.kernel.errors import Problem
from leitai.rulebook import numbers
from leitai.rulebook.data import BallotIn
from leitai.rulebook.judging.sheets import brief
from leitai.rulebook.model import Rulebook
from leitai.rulebook.model.judging import Ballot

Board = tuple[str, str, str, int]  # stage, track, event, number of the ballot (1 is the first)
APPROVALS: Final = {"yes": Fraction(1), "no": Fraction(0), "abstain": None}
SPOILT: Final = "void"
BLANK: Final = "blank"


@dataclass(slots=True)
class Paper:
    """One voter's paper: what it gives each entry; None where it says nothing of it."""

    votes: dict[str, Fraction | None] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    void: bool = False

    @property
    def named(self) -> list[str]:
        """Name the entries that the paper supports."""
        return [entry for entry, value in self.votes.items() if value]


@dataclass(slots=True)
class Box:
    """All papers of one kind of voters on one board; ``counted`` are votes that came as numbers."""

    papers: dict[str, Paper] = field(default_factory=lambda: defaultdict(Paper))
    counted: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def valid(self) -> list[Paper]:
        """Give the papers that count."""
        return [paper for paper in self.papers.values() if not paper.void]

    @property
    def entries(self) -> set[str]:
        """Name every entry that a paper or a count speaks of, valid or not."""
        spoken = {entry for paper in self.papers.values() for entry in paper.votes}
        return spoken | self.counted.keys()


def place_of_ballot(ballot: BallotIn) -> str:
    """Name the place of a vote, as problems with it do."""
    where = (ballot.stage, ballot.track, ballot.board, ballot.voter, ballot.entry)
    return f"ballot {'/'.join(where)}"


class PaperReader:
    """Sorts votes by board and kind of voter; ``problems`` has all that is wrong with them."""

    def __init__(self, rules: Rulebook) -> None:
        self.boards: dict[Board, dict[str, Box]] = {}
        self.problems: list[Problem] = []
        self._rules = rules
        self._seen: set[tuple[str, ...]] = set()

    def read(self, ballots: Iterable[BallotIn]) -> None:
        """Take all votes, in any order."""
        for ballot in sorted(ballots, key=_order):
            found = self._board(ballot)
            if found is None:
                continue
            board, rule = found
            kind = voter_kind(rule, ballot.voter)
            if kind is None:
                allowed = ", ".join(f"{name}/1" for name in rule.kinds)
                self._report(ballot, "voter_kind_unknown", voter=ballot.voter, allowed=allowed)
                continue
            if not self._first(ballot):
                continue
            boxes = self.boards.setdefault(board, {name: Box() for name in rule.kinds or ("",)})
            if rule.kinds and rule.kinds[kind].tally:
                self._count(ballot, boxes[kind])
            else:
                self._vote(ballot, rule, boxes[kind])
        self._check_papers()

    def _board(self, ballot: BallotIn) -> tuple[Board, Ballot] | None:
        name, dot, number = ballot.board.partition(".")
        stage = self._rules.stages.get(ballot.stage)
        event = self._rules.events.get(name)
        if stage is None:
            self._report(ballot, "stage_unknown", stage=ballot.stage)
        elif ballot.track not in self._rules.tracks:
            self._report(ballot, "track_unknown", track=ballot.track)
        elif event is None or name not in stage.events:
            self._report(ballot, "event_unknown", event=name)
        elif event.kind != "ballot" or event.ballot is None:
            self._report(ballot, "ballot_not_voted", event=name)
        elif not ballot.voter:
            self._report(ballot, "ballot_of_nobody")
        else:
            rounds = event.ballot.rounds
            further = {str(at): at for at in range(2, rounds + 1)}
            if not dot or number in further:
                at = further.get(number, 1)
                return (ballot.stage, ballot.track, name, at), event.ballot
            self._report(ballot, "ballot_round_unknown", board=brief(ballot.board), rounds=rounds)
        return None

    def _first(self, ballot: BallotIn) -> bool:
        key = (ballot.stage, ballot.track, ballot.board, ballot.voter, ballot.entry)
        if key in self._seen:
            self._report(ballot, "ballot_twice", voter=ballot.voter, entry=ballot.entry)
            return False
        self._seen.add(key)
        return True

    def _count(self, ballot: BallotIn, box: Box) -> None:
        whole = numbers.is_decimal(ballot.value) and numbers.fits(numbers.parse(ballot.value), 0)
        if not whole or numbers.parse(ballot.value) < 0 or not ballot.entry:
            self._report(ballot, "ballot_no_count", value=brief(ballot.value))
            return
        box.counted[ballot.entry] += int(numbers.parse(ballot.value))

    def _vote(self, ballot: BallotIn, rule: Ballot, box: Box) -> None:
        paper = box.papers[ballot.voter]
        if not ballot.entry:
            if ballot.value not in (SPOILT, BLANK):
                self._report(ballot, "ballot_for_nobody", value=brief(ballot.value))
            paper.void = paper.void or ballot.value == SPOILT
            return
        paper.votes[ballot.entry] = self._value(ballot, rule, paper)

    def _value(self, ballot: BallotIn, rule: Ballot, paper: Paper) -> Fraction | None:
        if rule.by == "approve":
            if ballot.value not in APPROVALS:
                self._report(ballot, "ballot_no_approval", value=brief(ballot.value))
            return APPROVALS.get(ballot.value)
        value = numbers.parse(ballot.value) if numbers.is_decimal(ballot.value) else None
        if rule.by == "points" and rule.points is not None:
            points = rule.points
            fits = value is not None and numbers.fits(value, points.decimals)
            if value is None or not fits or not points.least <= value <= points.most:
                self._report(
                    ballot,
                    "ballot_no_points",
                    value=brief(ballot.value),
                    least=numbers.show(points.least),
                    most=numbers.show(points.most),
                    decimals=points.decimals,
                )
            return value
        last = len(rule.points_for)
        if value is None or value.denominator != 1 or not 1 <= value <= last:
            self._report(ballot, "ballot_no_place", value=brief(ballot.value), last=last)
            return None
        paper.places[ballot.entry] = int(value)
        return rule.points_for[int(value) - 1]

    def _check_papers(self) -> None:
        for board, boxes in sorted(self.boards.items()):
            rule = self._rules.events[board[2]].ballot
            if rule is None:  # the reader keeps no such board
                continue
            for box in boxes.values():
                for voter, paper in box.papers.items():
                    self._check_paper(board, rule, voter, paper)
            papers = {kind: len(box.papers) for kind, box in boxes.items()}
            self._check_turnout(board, rule, papers)

    def _check_paper(self, board: Board, rule: Ballot, voter: str, paper: Paper) -> None:
        if paper.void:
            return
        count = len(paper.named) if rule.by == "approve" else len(paper.votes)
        too_many = rule.votes is not None and count > rule.votes
        twice = len(set(paper.places.values())) < len(paper.places)
        if not (too_many or twice or count < rule.least_votes):
            return
        if rule.wrong_count == "refuse":
            most = "∞" if rule.votes is None else rule.votes
            place = f"ballot {'/'.join((*board[:2], _name(board), voter))}"
            data = {"count": count, "least": rule.least_votes, "most": most}
            self.problems.append(Problem(place, "paper_wrong", data))
        paper.void = True

    def _check_turnout(self, board: Board, rule: Ballot, papers: Mapping[str, int]) -> None:
        limits = {kind: rule.kinds[kind].voters for kind in rule.kinds}
        checks = [(count, limits.get(kind)) for kind, count in papers.items()]
        checks.append((sum(papers.values()), rule.voters))
        for count, voters in checks:
            if voters is not None and count > voters:
                place = f"ballots {'/'.join((*board[:2], _name(board)))}"
                data = {"papers": count, "voters": voters}
                self.problems.append(Problem(place, "papers_many", data))

    def _report(self, ballot: BallotIn, code: str, /, **data: object) -> None:
        self.problems.append(Problem(place_of_ballot(ballot), code, data))


def voter_kind(rule: Ballot, voter: str) -> str | None:
    """Give the kind of a voter by the voter's id, "" without kinds, None for no such kind."""
    if not rule.kinds:
        return ""
    kind, slash, number = voter.partition("/")
    return kind if slash and number and kind in rule.kinds else None


def _name(board: Board) -> str:
    return board[2] if board[3] == 1 else f"{board[2]}.{board[3]}"


def _order(ballot: BallotIn) -> tuple[str, ...]:
    where = (ballot.stage, ballot.track, ballot.board)
    return (*where, ballot.voter, ballot.entry, ballot.value)
