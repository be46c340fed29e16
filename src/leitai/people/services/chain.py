"""The ledger's chain of what belongs to no season: accounts, people, units of the house."""

CHAIN = "house"
