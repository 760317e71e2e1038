"""What differs between two runs of the same chapters: values, sentences, ranks and exhibits.

A run is what chapters left: those of a release, of a rerun, or of another edition. Nothing here
knows how a page looks.
"""
