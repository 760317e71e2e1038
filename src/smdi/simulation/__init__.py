"""Firm-level assessments drawn from a seed that keep every published fact that can be kept.

The platform's records are confidential, so the book is built on simulated ones until an editor puts
in a real export. Modules in the order of the work (`simulate` runs them):

    targets, assumptions       what the report prints; what we assume beside it (simulation.yaml)
    level_counts,
    division_levels,
    geography, plan            whole numbers of firms behind every printed share (integers)
    firms, attributes, panel   who the firms are, who answers in which year and at what level
    responses                  answers whose level the scoring rule finds
    adoption,
    employees_revenue          who does what; persons, revenue and days
    assembling, recount,
    calibration                the file, counted again, and the record of targets and residuals

Limits. Only what is printed is matched: a joint of attributes that the report does not show
(a province's industries, a city's practices, who answered again) follows patterns of our own, and
so do domain scores, as figures 6 and 8 print no numbers. A planned level is what the scoring rule
finds under its default reading; under another reading of the standard the shares move. The numbers
inferred behind printed shares are the nearest to our preferences that print right, not proven ones.
Shapes of laws (spreads, slopes) that nothing printed depends on stand at the head of the module
that uses them.
"""
