"""Public notices with a period, objections, rechecks, appeals and rulings."""
