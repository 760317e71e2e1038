"""Pages that lay a run beside another: a rerun beside a release, an edition beside an edition."""
