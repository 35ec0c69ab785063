"""Korea's official divisions, as files: province, district, town; no coordinates (issue 5)."""
