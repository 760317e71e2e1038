"""The gate: looks at a release as an attacker would, before it leaves.

It takes what is about to be released, the policy that the edition names, and the scores file, in
which it looks up what it found. It imports nothing of what computes or suppresses the values.

    findings     what is found, and the policy it is held against
    release      the files of a release
    content      what is read from a file: texts, tables, elements
    formats/     how each kind of file is read
    scans/       what must not stand in any: firms, this machine, markup, addresses, formulas
    inspection   all of it, over one release
    clean        files in which nothing was found by the last build
"""
