# Many editions of narrower scopes, an edition a job, on this machine or on a cluster's nodes.
#
# `make editions BY=province` works out the scopes and brings the firms up to date that they share
# (smdi.publishing.many); each job here is then a build of its own, as `make book SCOPE=…` is one.
# A job leaves a mark when its edition is released, and the marks of one run are new.

import shlex
import sys

IDS = config["ids"].split(",")
DONE = config["done"]


rule all:
    default_target: True
    input:
        expand(f"{DONE}/{{id}}", id=IDS),


rule edition:
    output:
        f"{DONE}/{{id}}",
    threads: 1
    resources:
        mem_mb=2000,
        runtime=30,
    params:
        build=lambda wildcards: shlex.join(
            [sys.executable, "scripts/run_step.py", "scripts/build_edition.py"]
            + ["--edition", wildcards.id, "--in-order"]
        ),
    shell:
        "{params.build} > {output}.log 2>&1 && touch {output}"
