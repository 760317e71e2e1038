"""What makes site and PDF of executed chapters: assembly, Sphinx, release and the prose lint."""
