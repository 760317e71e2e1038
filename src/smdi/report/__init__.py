"""The report: exhibits, numbers and sentences of the chapters, and the book made of them."""
