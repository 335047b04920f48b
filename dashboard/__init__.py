"""What pages share: registry, data access, filters, charts, components, formats and texts."""
