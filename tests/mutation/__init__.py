"""Small meaning-changing edits of the code, and whether the tests notice them (`make mutants`)."""
