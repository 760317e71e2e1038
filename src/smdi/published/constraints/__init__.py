"""One model of all facts: linear constraints over unknown counts and shares, and what they prove.

system       rows over variables; can all hold, which minimal sets cannot, what range is left
expressions  what each fact says of the variables
quantities   the variables that relations speak of
shares_rows, counts_rows, order_rows
             what the declared kinds of exhibits say of them
model        the system of a report, and what it proves
binding      how tightly the other facts hold each fact
"""
