"""What each page shows: from the frame of a query to key figures, sentences, charts and tables."""
