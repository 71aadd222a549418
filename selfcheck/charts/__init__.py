"""Printed charts: a chart is described as frozen data, drawn as one SVG, and saved as PDF or PNG from that SVG."""
