"""Firm-level assessments drawn from a seed that keep every published fact that can be kept.

The platform's records are confidential, so the book is built on simulated ones until an editor puts
in a real export. Modules in the order of the work (`simulate` runs them):

    assumptions                what we assume beside what the report prints (simulation.yaml)
    counts/                    what the report prints, and the whole numbers behind every share:
                               targets, level_counts, division_levels, geography, participants,
                               plan, integers
    population/                who the firms are, who answers in which year and at what level, with
                               which answers and practices, persons, revenue and days: firms,
                               attributes, panel, responses, adoption, employees_revenue, assembling
    recount, calibration       the file, counted again, and the record of targets and residuals
    comparison                 what the firms amount to, beside what is publicly known

Limits. Only what is printed is matched: a joint of attributes that the report does not show
(a province's industries, a city's practices, who answered again) follows patterns of our own, and
so do domain scores, as figures 6 and 8 print no numbers. A planned level is what the scoring rule
finds under its default reading; under another reading of the standard the shares move. The numbers
inferred behind printed shares are the nearest to our preferences that print right, not proven ones.
Shapes of laws (spreads, slopes) that nothing printed depends on stand at the head of the module
that uses them.
"""
