"""Shaded maps of China, with their boundaries, classes, names and sheet."""

from smdi.report.maps.choropleth import city_map, participation_map, province_map

__all__ = ["city_map", "participation_map", "province_map"]
