"""GB/T 39116/39117, industries, regions and size classes as checked data."""
