"""What can be computed from a release: numbers of few firms, and means over few.

The release is read as statements about cells, groups of firms under public conditions. Cells add
up: a province is its cities, the classes of level are all firms. That makes one system of linear
equations over everything that is released together; what it leaves no room for is found.

    cells        groups of firms, and the public partitions of each condition
    statements   what a row of an exhibit says of a cell
    system       unknown numbers of firms (or totals of a score), and their equations
    bounds       the least and the greatest value of each unknown
    rows         what a table gives away by itself: ranks, order, shown values of what is withheld
    attack       all of it over releases
"""
