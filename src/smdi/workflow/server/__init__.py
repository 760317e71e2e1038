"""A server of jobs that has the libraries loaded, and its clients."""
