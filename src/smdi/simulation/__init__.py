"""A fictional population of firms calibrated to the published facts."""
