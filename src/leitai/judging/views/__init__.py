"""Pages of judged events: office and stage, clock and tally, judges, the hall."""
