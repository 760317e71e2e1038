"""The data of a release for readers: tables in their language, workbooks, descriptor, citation."""
