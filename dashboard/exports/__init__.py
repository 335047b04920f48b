"""Files to take along: CSV, XLSX, PPTX and images of the same figure that is on screen."""
