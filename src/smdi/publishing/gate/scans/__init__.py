"""What must not stand in a release, each kind looked for on its own."""
