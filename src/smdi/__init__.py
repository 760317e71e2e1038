"""The smart-manufacturing maturity report of China, computed from firm-level assessments."""
