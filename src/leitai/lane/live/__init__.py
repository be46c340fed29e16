"""The live stage: the single writer of a match, its screens, and the spectators' own process."""
