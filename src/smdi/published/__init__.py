"""The numbers printed in a published edition, and the audit of them."""
