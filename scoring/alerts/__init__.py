"""Alerts: rules on metrics of a view. Pure: the caller gives the view and the time, and delivers what fired."""
