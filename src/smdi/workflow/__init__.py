"""What Snakemake asks: chapters, dependencies, parameters, execution, reruns and records."""
