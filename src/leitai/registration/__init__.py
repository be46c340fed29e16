"""Registration: forms of the rulebook filled, sealed, reviewed; who competes, who replaces whom."""
