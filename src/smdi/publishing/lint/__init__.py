"""The prose lint: no number that a reader sees is typed, and no claim stands without a value.

`check` is what to call. Everything that a reader sees is read, but for what `exemptions` lists with
reasons; `quantities` says what is a typed number, and what a claim.
"""
