"""What only profiles show: a province or an industry summed up, and its parts."""
