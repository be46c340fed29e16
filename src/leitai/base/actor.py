"""Who acts: a frozen value built at the door and handed down. Rooms decide with it alone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AppointmentRef:
    """A role over the subtree of `unit_path` ("51/5101/"), in `season` ("" = every season)."""

    role: str
    unit_path: str
    season: str


@dataclass(frozen=True, slots=True)
class Actor:
    """`account` is opaque text for the ledger; `person` is the person's code or ""."""

    account: str
    name: str
    person: str = ""
    appointments: tuple[AppointmentRef, ...] = ()

    @property
    def known(self) -> bool:
        return self.account != ""

    def has(self, *roles: str, season: str = "", unit_path: str | None = None) -> bool:
        """Whether any appointment gives one of `roles` for the season and over the unit."""
        return any(
            held.role in roles
            and held.season in ("", season)
            and (unit_path is None or unit_path.startswith(held.unit_path))
            for held in self.appointments
        )

    def unit_paths(self, *roles: str, season: str = "") -> tuple[str, ...]:
        """The subtrees over which one of `roles` is held."""
        return tuple(
            held.unit_path
            for held in self.appointments
            if held.role in roles and held.season in ("", season)
        )


NOBODY = Actor(account="", name="")


def system(name: str) -> Actor:
    """The house itself, where no person acts: a job, the command line."""
    return Actor(account=f"system:{name}", name=name)
