"""What the report says of a population: shares, ranks, means, changes."""
